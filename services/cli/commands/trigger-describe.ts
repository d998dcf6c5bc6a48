import {listAt} from '#kit/json';
import {clusterOptions} from '../cluster/options.ts';
import {command} from '../command.ts';
import {deliveryProperties, description} from '../eventing/description.ts';
import {findOne} from '../eventing/find-one.ts';
import {readEventing} from '../eventing/read-eventing.ts';
import {triggerRows, triggerView} from '../eventing/triggers.ts';
import {manifests} from '../manifests.ts';
import {formatOf, formats, output} from '../output/format.ts';
import {printList, serialized} from '../output/print.ts';

export default command({
  name: 'trigger describe',
  summary: 'Show one Trigger, and whether and why not it is ready',
  usage: 'NAME [--context NAME] [-o FORMAT]',
  operands: [1, 1],
  options: {...clusterOptions, manifests, output},
  examples: [
    ['dip trigger describe all-to-archive', 'As the manifests say it'],
    ['dip trigger describe all-to-archive --context kind-dip', 'As a cluster has it, condition by condition'],
  ],
  async run({options, operands: [name = ''], terminal}) {
    const format = formatOf(options.output, terminal, formats);
    const eventing = await readEventing(options, terminal);
    const trigger = findOne(eventing.triggers, name, {kind: 'Trigger', where: eventing.where});
    const [row] = triggerRows({triggers: [trigger]});
    if (row === undefined) return undefined;
    if (format === 'json' || format === 'yaml') {
      const conditions = listAt(trigger.object, 'status', 'conditions');
      terminal.print(await serialized({...row, conditions}, format));
    } else if (format === 'jsonl' || format === 'name') {
      await printList([row], format, triggerView, terminal);
    } else {
      const properties = [
        ['Namespace', row.namespace],
        ['Broker', row.broker],
        ['Hears', row.filter],
        ['Subscriber', row.subscriber],
        ['Address', row.url],
        ...deliveryProperties(row),
        ['Created', row.createdAt],
      ] as const;
      terminal.print(description(row, properties, {...eventing, ...trigger, paint: terminal.paint}));
    }
    return undefined;
  },
});
