import {listAt} from '#kit/json';
import {clusterOptions} from '../cluster/options.ts';
import {command} from '../command.ts';
import {type BrokerRow, brokerRows, brokerView} from '../eventing/brokers.ts';
import {deliveryProperties, description} from '../eventing/description.ts';
import {findOne} from '../eventing/find-one.ts';
import {type Eventing, readEventing} from '../eventing/read-eventing.ts';
import {manifests} from '../manifests.ts';
import {formatOf, formats, output} from '../output/format.ts';
import {printList, serialized} from '../output/print.ts';

export default command({
  name: 'broker describe',
  summary: 'Show one Broker, and whether and why not it is ready',
  usage: 'NAME [--context NAME] [-o FORMAT]',
  operands: [1, 1],
  options: {...clusterOptions, manifests, output},
  examples: [
    ['dip broker describe default', 'As the manifests say it'],
    ['dip broker describe default --context kind-dip', 'As a cluster has it, condition by condition'],
  ],
  async run({options, operands: [name = ''], terminal}) {
    const format = formatOf(options.output, terminal, formats);
    const eventing = await readEventing(options, terminal);
    const broker = findOne(eventing.brokers, name, {kind: 'Broker', where: eventing.where});
    const [row] = brokerRows({...eventing, brokers: [broker]});
    if (row === undefined) return undefined;
    if (format === 'json' || format === 'yaml') {
      const conditions = listAt(broker.object, 'status', 'conditions');
      terminal.print(await serialized({...row, conditions}, format));
    } else if (format === 'jsonl' || format === 'name') {
      await printList([row], format, brokerView, terminal);
    } else {
      const properties = [
        ['Namespace', row.namespace],
        ['Class', row.class],
        ['Channel', row.channel],
        ['Config', row.config],
        ['Address', row.url],
        ['Heard by', heardBy(eventing, row)],
        ...deliveryProperties(row),
        ['Created', row.createdAt],
      ] as const;
      terminal.print(description(row, properties, {...eventing, ...broker, paint: terminal.paint}));
    }
    return undefined;
  },
});

/** The Triggers of a Broker, by name. */
function heardBy({triggers}: Eventing, {name, namespace}: BrokerRow): string {
  const names = triggers
    .filter((one) => one.broker === name && one.namespace === namespace)
    .map((one) => one.name);
  return names.join(', ');
}
