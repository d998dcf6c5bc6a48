import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import type {Trial, Verdict} from '../flow/verdict.ts';
import type {Orders} from './inside.ts';
import {findNode, type KubernetesNode} from './node.ts';
import {senderIdentity} from './sender-identity.ts';
import {checkout, makeImages, manifestsFor, manifestsWithTokens} from './versions.ts';

export interface NodeOptions {
  readonly documents: number;
  readonly seed: number;
  /** The commit that is upgraded from. */
  readonly from: string;
}

const dip = path.join(import.meta.dirname, '../../services/cli/start.mjs');

/**
 * On a real Kubernetes node: documents go in by the console while DIP is upgraded from another commit, its pods are
 * drained and killed, keys are changed, and PostgreSQL and S3 are restarted, with network policies enforced; then more
 * of them where services take events with the token of a Trigger alone.
 *
 * @returns a sentence where there is no node to run it on.
 */
export async function survivesNode(options: NodeOptions, trial: Trial): Promise<Verdict | string> {
  const node = await findNode();
  if (typeof node === 'string') return node;
  const {folder, say, atEnd} = trial;
  await makeImages(node, 'after');
  say('the images of this commit are made');
  say(`${options.from} is on the node:\n${await node.deploy(await checkout(options.from, trial))}`);
  await node.command('policies', 'on');
  atEnd(() => node.command('policies', 'off'));
  const chain = await node.command('policies', 'count');
  if (!chain.includes('counter')) throw new Error(`The network policies are not enforced: ${chain}`);
  say('network policies are enforced');
  atEnd(() => node.kubectl(senderIdentity('disabled')));
  const file = path.join(folder, 'orders.json');
  await writeFile(file, JSON.stringify(await ordersFor(node, options, folder)));
  const inside = path.join(import.meta.dirname, 'inside.ts');
  const {code, stdout, stderr} = await node.run(process.execPath, [inside, file]);
  say(stdout);
  if (code !== 0) throw new Error(`The sender on the node ended with ${code}: ${stderr}`);
  return JSON.parse(await readFile(path.join(folder, 'verdict.json'), 'utf8'));
}

async function ordersFor(node: KubernetesNode, options: NodeOptions, folder: string): Promise<Orders> {
  const manifests = path.join(folder, 'after.yaml');
  await writeFile(manifests, await manifestsFor('after'));
  const withTokens = path.join(folder, 'with-tokens.yaml');
  await writeFile(withTokens, await manifestsWithTokens(node, 'after', folder));
  return {
    documents: options.documents,
    seed: options.seed,
    manifests,
    withTokens,
    dip: [process.execPath, dip],
    context: node.context,
    verdict: path.join(folder, 'verdict.json'),
  };
}
