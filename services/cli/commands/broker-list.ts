import {clusterOptions} from '../cluster/options.ts';
import {command} from '../command.ts';
import {brokerRows, brokerView} from '../eventing/brokers.ts';
import {nextWhereNone, readEventing} from '../eventing/read-eventing.ts';
import {manifests} from '../manifests.ts';
import {formatOf, formats, output} from '../output/format.ts';
import {printList} from '../output/print.ts';

export default command({
  name: 'broker list',
  summary: 'List Brokers, of the manifests or of a cluster',
  usage: '[--context NAME] [-o FORMAT]',
  details: `Without --context or --kubeconfig it shows what the manifests say; with one of them, what the cluster has, and
whether it is ready.`,
  options: {
    ...clusterOptions,
    manifests,
    output,
  },
  examples: [
    ['dip broker list', 'The Brokers of config/knative'],
    ['dip broker list --context kind-dip -o wide', 'Those of a cluster, with their addresses'],
  ],
  async run({options, terminal}) {
    const format = formatOf(options.output, terminal, formats);
    const eventing = await readEventing(options, terminal);
    const rows = brokerRows(eventing);
    await printList(rows, format, brokerView, terminal);
    if (rows.length === 0) {
      terminal.note(`No Brokers ${eventing.where}${nextWhereNone(eventing, options, terminal)}`);
    }
  },
});
