import {runProgram} from '../cluster/run-program.ts';
import type {Orders} from './inside.ts';

/** Something that is done to DIP while documents go in. */
export interface Harm {
  /** What it is, once it is done. */
  readonly name: string;
  run(): Promise<void>;
}

/** Runs kubectl with these words. @throws Error with what it said. */
export type Kubectl = (...words: string[]) => Promise<string>;

/** What operators do to a cluster, and what happens to one, in the order in which it is done. */
export function harms({manifests, dip, context, kubectl}: Orders & {kubectl: Kubectl}): Harm[] {
  const [program = '', ...words] = dip;
  return [
    {name: 'upgraded', run: () => upgrade(manifests, kubectl)},
    {
      name: 'keys changed',
      run: () => rotate([program, ...words, 'identity', 'rotate', '--context', context]),
    },
    {name: 'drained', run: () => drain(kubectl)},
    {name: 'PostgreSQL restarted', run: () => restart('postgres', kubectl)},
    {name: 'all pods killed', run: () => killAll(kubectl)},
    {name: 'S3 restarted', run: () => restart('s3', kubectl)},
    {name: 'all pods killed once more', run: () => killAll(kubectl)},
  ];
}

async function upgrade(manifests: string, kubectl: Kubectl): Promise<void> {
  await kubectl('apply', '-f', manifests);
  for (const set of ['postgres', 's3'])
    await kubectl('-n', 'dip-state', 'rollout', 'status', `statefulset/${set}`, '--timeout=120s');
  await kubectl('-n', 'dip', 'wait', '--for=condition=Ready', 'ksvc', '--all', '--timeout=240s');
}

async function rotate([program = '', ...words]: readonly string[]): Promise<void> {
  const {code, stderr} = await runProgram(program, words);
  if (code !== 0) throw new Error(`dip identity rotate ended with ${code}: ${stderr}`);
}

async function drain(kubectl: Kubectl): Promise<void> {
  const node = (await kubectl('get', 'nodes', '-o', 'name')).trim().replace('node/', '');
  const which = [
    '--pod-selector=serving.knative.dev/service',
    '--delete-emptydir-data',
    '--ignore-daemonsets',
  ];
  await kubectl('drain', node, ...which, '--timeout=120s');
  await kubectl('uncordon', node);
}

async function restart(set: string, kubectl: Kubectl): Promise<void> {
  await kubectl('-n', 'dip-state', 'delete', 'pod', `${set}-0`, '--grace-period=1');
  await kubectl('-n', 'dip-state', 'rollout', 'status', `statefulset/${set}`, '--timeout=120s');
}

async function killAll(kubectl: Kubectl): Promise<void> {
  await kubectl('-n', 'dip', 'delete', 'pods', '--all', '--force', '--grace-period=0');
}
