import {fileURLToPath} from 'node:url';
import {command} from '../command.ts';
import {exit, Failure, messageOf} from '../failure.ts';
import {allServices} from '../manifests/all-services.ts';

const services = new URL('../../', import.meta.url);

export default command({
  name: 'manifests eventtypes',
  summary: 'Print the EventTypes of a cluster, made from the contracts',
  usage: '[--manifests PATH…]',
  details: `An EventType tells the people and tools of a cluster which events a Broker carries. \`npm run generate\` writes them to
config/knative/60-eventtypes.yaml.`,
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
    const [{readManifests}, {carriedBy, eventType}, {stringify}] = await Promise.all([
      import('#manifests'),
      import('../manifests/event-types.ts'),
      import('yaml'),
    ]);
    const paths = options.manifests ?? [fileURLToPath(new URL('../config/knative', services))];
    const manifests = await readManifests(paths).catch((error: unknown) => {
      throw new Failure(messageOf(error), exit.error, {cause: error});
    });
    const sinks = new Map(manifests.services.map(({name, env}) => [name, env['K_SINK']]));
    const brokerOf = (service: string) =>
      manifests.brokers.find(({namespace, name}) => sinks.get(service)?.endsWith(`/${namespace}/${name}`));
    const objects = carriedBy(await allServices(), brokerOf).map(eventType);
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
