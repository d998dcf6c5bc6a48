import {fileURLToPath} from 'node:url';
import type {Contract} from '#kit';
import type {KnativeService} from '#manifests';
import {command} from '../command.ts';
import {exit, Failure, messageOf} from '../failure.ts';
import {allServices} from '../manifests/all-services.ts';
import type {Teller} from '../manifests/event-types.ts';

const services = new URL('../../', import.meta.url);

export default command({
  name: 'manifests eventtypes',
  summary: 'Print the EventTypes of a cluster, made from the contracts',
  usage: '[--manifests PATH…]',
  details: `An EventType tells the people and tools of a cluster which events a Broker carries. \`npm run generate\` writes them to
config/knative/60-eventtypes.yaml. What a service says is told by its service.ts, or, where it is written in another
language, by the annotation dip.dev/says of its manifest.`,
  options: {
    manifests: {
      type: 'string',
      multiple: true,
      value: 'PATH',
      help: 'File or folder of manifests that say where a service publishes to (default config/knative)',
    },
  },
  examples: [
    ['dip manifests eventtypes', 'All of them, as YAML'],
    ['dip manifests eventtypes | kubectl apply -f -', 'Bring a cluster up to date'],
  ],
  async run({options, terminal}) {
    const [{readManifests}, {carriedBy, eventType}, {contracts}, {stringify}] = await Promise.all([
      import('#manifests'),
      import('../manifests/event-types.ts'),
      import('../events/catalogue.ts'),
      import('yaml'),
    ]);
    const paths = options.manifests ?? [fileURLToPath(new URL('../config/knative', services))];
    const manifests = await readManifests(paths).catch((error: unknown) => {
      throw new Failure(messageOf(error), exit.error, {cause: error});
    });
    const sinks = new Map(manifests.services.map(({name, env}) => [name, env['K_SINK']]));
    const brokerOf = (service: string) =>
      manifests.brokers.find(({namespace, name}) => sinks.get(service)?.endsWith(`/${namespace}/${name}`));
    const tellers = [...(await allServices()), ...tellersOf(manifests.services, contracts)];
    const objects = carriedBy(tellers, brokerOf).map(eventType);
    const header =
      '# What the Brokers carry, made from the contracts in services/events by `npm run generate`.\n';
    terminal.print(
      header +
        objects
          .map((object) => stringify(object, {lineWidth: 0}))
          .join('---\n')
          .trimEnd(),
    );
    return exit.ok;
  },
});

/** Services whose manifests tell what they say, as they are written in another language. */
function tellersOf(services: readonly KnativeService[], known: readonly Contract[]): Teller[] {
  return services.map(({name, says, file}) => ({
    name,
    says: says.map((type) => {
      const contract = known.find((one) => one.type === type);
      if (contract !== undefined) return contract;
      const sentence = `Service ${name} says ${type} (dip.dev/says in ${file}), and services/events has no contract of it`;
      throw new Failure(
        `${sentence}: write one, and put its line into services/events/index.ts.`,
        exit.error,
      );
    }),
  }));
}
