import {clusterOptions} from '../cluster/options.ts';
import {command} from '../command.ts';
import {nextWhereNone, readEventing} from '../eventing/read-eventing.ts';
import {triggerRows, triggerView} from '../eventing/triggers.ts';
import {manifests} from '../manifests.ts';
import {formatOf, formats, output} from '../output/format.ts';
import {printList} from '../output/print.ts';

export default command({
  name: 'trigger list',
  summary: 'List who hears what, of the manifests or of a cluster',
  usage: '[--broker NAME] [--context NAME] [-o FORMAT]',
  details: `Without --context or --kubeconfig it shows what the manifests say; with one of them, what the cluster has, and
whether it is ready.`,
  options: {
    broker: {type: 'string', short: 'b', value: 'NAME', help: 'Only those of this Broker'},
    ...clusterOptions,
    manifests,
    output,
  },
  examples: [
    ['dip trigger list', 'Who hears what, as the files say'],
    ['dip trigger list --context kind-dip -o wide', 'As a cluster has it, with every reason why not'],
  ],
  async run({options, terminal}) {
    const format = formatOf(options.output, terminal, formats);
    const eventing = await readEventing(options, terminal);
    const rows = triggerRows(eventing).filter(
      ({broker}) => options.broker === undefined || broker === options.broker,
    );
    await printList(rows, format, triggerView, terminal);
    if (rows.length === 0) {
      const which =
        options.broker === undefined ? 'No Triggers' : `No Triggers of a Broker ${options.broker}`;
      terminal.note(`${which} ${eventing.where}${nextWhereNone(eventing, options, terminal)}`);
    }
  },
});
