import {existsSync} from 'node:fs';
import path from 'node:path';
import {type Ran, runProgram} from '../cluster/run-program.ts';

/** A real Kubernetes node with Knative that is up on this machine, in a network of its own. */
export interface KubernetesNode {
  /** The kubeconfig's context. */
  readonly context: string;
  /** Runs one of the node's own commands, such as `image` or `policies`. @throws Error with what it said. */
  command(...words: string[]): Promise<string>;
  /** Runs a program within its network. */
  run(program: string, words: readonly string[], input?: string): Promise<Ran>;
  /** kubectl as the cluster's administrator. @throws Error with what it said. */
  kubectl(words: readonly string[], input?: string): Promise<string>;
  /** Puts a checkout of DIP on it as the docs say. @throws Error with the first thing that fails. */
  deploy(project: string): Promise<string>;
}

const project = path.join(import.meta.dirname, '../..');

/** npm puts first in the path what packages bring, such as a program `nft` that traces files and filters no packets. */
const environment = {
  ...process.env,
  PATH: (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(path.delimiter),
};

/** Where the node's commands may be: beside the project, where it is developed. */
const usualFolder = path.join(project, '../shared/knative/node');

/** The node that is up here; otherwise why there is none, as a sentence. */
export async function findNode(): Promise<KubernetesNode | string> {
  const folder = process.env['DIP_NODE_KIT'] || usualFolder;
  const script = path.join(folder, 'node');
  if (!existsSync(script)) return `there is no ${script} (DIP_NODE_KIT says where it is)`;
  const node = nodeOf(folder);
  const {code, stderr} = await runProgram(script, ['kubectl', 'get', 'nodes', '-o', 'name'], {environment});
  return code === 0 ? node : `no node is up: ${script} up (${stderr.trim().split('\n')[0]})`;
}

function nodeOf(folder: string): KubernetesNode {
  const script = path.join(folder, 'node');
  const run = (program: string, words: readonly string[], input = '') =>
    runProgram(program, words, {input, environment});
  const command = async (...words: string[]) => said(words.join(' '), await run(script, words));
  return {
    context: 'dip-node',
    command,
    run: (program, words, input) => run(script, ['run', program, ...words], input),
    kubectl: async (words, input) =>
      said(`kubectl ${words.join(' ')}`, await run(script, ['kubectl', ...words], input)),
    deploy: async (checkout) =>
      said('check', await run(path.join(folder, 'check'), ['--cold', '0', checkout])),
  };
}

function said(what: string, {code, stdout, stderr}: Ran): string {
  if (code === 0) return stdout;
  const reason = `${stdout}\n${stderr}`.trim().split('\n').slice(-4).join(' ');
  throw new Error(`\`${what}\` ended with ${code}: ${reason}`);
}
