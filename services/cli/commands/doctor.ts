import path from 'node:path';
import {knowsCluster} from '#cluster';
import {type ClusterOptions, clusterOptions, namesCluster} from '../cluster/options.ts';
import {command} from '../command.ts';
import {misused} from '../failure.ts';
import {hint} from '../hint.ts';
import {manifestPaths, manifests} from '../manifests.ts';
import {type Format, formatOf, formats, output} from '../output/format.ts';
import type {Terminal} from '../terminal.ts';

export default command({
  name: 'doctor',
  summary: 'Look at a cluster or this machine, and say what is wrong',
  usage: '[--context NAME | --local] [-o FORMAT]',
  details: `Looks at a cluster where one is named or the kubeconfig has a current one, else at this machine: what is there, what is
ready, what is otherwise than in the manifests, what is missing and what will be slow. It only reads, and never shows
what a Secret holds. Exit code 4: something is wrong; 1: the cluster can't be asked. Rights it needs: docs/doctor.md.`,
  options: {
    ...clusterOptions,
    local: {type: 'boolean', help: 'Look at this machine, whatever the kubeconfig says'},
    manifests,
    'data-dir': {type: 'string', value: 'DIR', help: 'Of this machine: the data folder (default .dip)'},
    port: {type: 'string', short: 'p', value: 'N', help: 'Of this machine: the port of DIP (default 8080)'},
    output,
  },
  examples: [
    ['dip doctor', 'The current cluster; without one, this machine'],
    ['dip doctor --context kind-dip -o wide', 'A cluster, with what to do beside each finding'],
    [
      `dip doctor -o json | jq '.[] | select(.standing == "wrong")'`,
      'What is wrong, for a script; the exit code is 4',
    ],
    ['dip doctor --local', 'Whether DIP would run here'],
  ],
  async run({options, terminal}) {
    const format = formatOf(options.output, terminal, formats);
    if (options.local && namesCluster(options)) {
      throw misused(
        '`--local` looks at this machine, `--context` and `--kubeconfig` at a cluster: one of them.',
      );
    }
    const isLocal =
      options.local === true || (!namesCluster(options) && !knowsCluster({...options, env: terminal.env}));
    return isLocal ? ofMachine(options, format, terminal) : ofCluster(options, format, terminal);
  },
});

type Options = ClusterOptions & {
  readonly manifests?: readonly string[] | undefined;
  readonly 'data-dir'?: string | undefined;
  readonly port?: string | undefined;
  readonly local?: boolean | undefined;
};

async function ofCluster(options: Options, format: Format, terminal: Terminal): Promise<number> {
  const [{connect}, {readFiles}, {readSnapshot}, {brokerClassOf}, {examine}, {report}, {pasteable}] =
    await Promise.all([
      import('../cluster/connect.ts'),
      import('../doctor/read-files.ts'),
      import('../doctor/read-snapshot.ts'),
      import('../doctor/eventing.ts'),
      import('../doctor/checks.ts'),
      import('../doctor/report.ts'),
      import('../doctor/pasteable.ts'),
    ]);
  const cluster = await connect(options, terminal);
  const {namespace} = cluster;
  terminal.progress(`Asking ${cluster.server}`);
  const brokerClass = await brokerClassOf(cluster);
  const files = await readFiles(manifestPaths(options.manifests), {namespace, brokerClass});
  const snapshot = await readSnapshot(cluster, files, (what) => terminal.progress(what));
  const where = `namespace ${namespace} of context ${cluster.context} (${cluster.server})`;
  return report(pasteable(examine(snapshot), options, terminal), where, {format, terminal});
}

async function ofMachine(options: Options, format: Format, terminal: Terminal): Promise<number> {
  const [{examineMachine}, {report}] = await Promise.all([
    import('../doctor/examine-machine.ts'),
    import('../doctor/report.ts'),
  ]);
  const findings = await examineMachine({
    manifests: manifestPaths(options.manifests),
    dataDirectory: path.resolve(options['data-dir'] ?? '.dip'),
    port: portOf(options.port ?? '8080'),
    signal: terminal.signal,
  });
  const code = await report(findings, 'this machine', {format, terminal});
  if (!options.local)
    terminal.note(
      `There is no kubeconfig; to look at a cluster: ${hint(terminal, ['doctor', '--kubeconfig', 'FILE'])}`,
    );
  return code;
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw misused(`\`--port\` is from 1 to 65535, got \`${text}\`.`);
}
