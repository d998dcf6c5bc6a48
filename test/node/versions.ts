import {execFile} from 'node:child_process';
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {promisify} from 'node:util';
import type {Trial} from '../flow/verdict.ts';
import type {KubernetesNode} from './node.ts';

const run = promisify(execFile);
const project = path.join(import.meta.dirname, '../..');

/** A checkout of the commit before, with its packages. */
export async function checkout(commit: string, {folder, atEnd}: Trial): Promise<string> {
  const before = path.join(folder, 'before');
  const git = (...words: string[]) => run('git', ['-C', project, ...words]);
  await git('worktree', 'add', '--detach', before, commit);
  atEnd(() => git('worktree', 'remove', '--force', before));
  const locks = await Promise.all(
    [project, before].map((place) => readFile(path.join(place, 'package-lock.json'), 'utf8')),
  );
  if (locks[0] === locks[1]) await run('cp', ['-al', path.join(project, 'node_modules'), before]);
  else await run('npm', ['ci', '--prefix', before]);
  return before;
}

/** The names of all services that have a manifest. */
export async function deployed(): Promise<string[]> {
  const files = await readdir(path.join(project, 'config/knative'));
  return files.flatMap((file) => /^40-(.+)\.yaml$/.exec(file)?.[1] ?? []);
}

/** Makes this project's images, under a tag that no other commit's have. */
export async function makeImages(node: KubernetesNode, tag: string): Promise<void> {
  await node.command('image', project);
  for (const service of await deployed()) {
    const name = `dev.local/dip/${service}`;
    const words = ['-a', '/run/dip-node/containerd.sock', '-n', 'k8s.io', 'images', 'tag', '--force'];
    await run('ctr', [...words, `${name}:0.1.0`, `${name}:${tag}`]);
  }
}

/** All of this project's manifests for the node, with images of a tag; PostgreSQL and S3 are upgraded, too. */
export async function manifestsFor(tag: string): Promise<string> {
  const texts = [
    await readFile(path.join(project, 'config/alternatives/state-for-development.yaml'), 'utf8'),
  ];
  for (const folder of ['config/knative', 'triggers'])
    for (const file of (await readdir(path.join(project, folder))).sort())
      if (file.endsWith('.yaml')) texts.push(await readFile(path.join(project, folder, file), 'utf8'));
  return forNode(texts.join('\n---\n'), tag);
}

/** The same where services take events with the token of a Trigger alone, by kustomize. */
export async function manifestsWithTokens(
  node: KubernetesNode,
  tag: string,
  folder: string,
): Promise<string> {
  const overlay = path.join(folder, 'with-tokens');
  const base = path.relative(overlay, project);
  await mkdir(overlay);
  await writeFile(
    path.join(overlay, 'kustomization.yaml'),
    `resources: [${base}]\ncomponents: [${base}/config/alternatives/oidc]\n`,
  );
  return forNode(await node.kubectl(['kustomize', overlay]), tag);
}

/** No Kafka, so that the channel's ConfigMap stays as it is, and Brokers that answer at once. */
function forNode(manifests: string, tag: string): string {
  return manifests
    .split(/^---\n/m)
    .filter((manifest) => !/^kind: ConfigMap$/m.test(manifest))
    .join('---\n')
    .replaceAll(/^( *)image: (dip\/[a-z-]+)$/gm, `$1image: dev.local/$2:${tag}`)
    .replaceAll(
      /^( *)eventing\.knative\.dev\/broker\.class: .*$/gm,
      '$&\n$1messaging.knative.dev/async-handler: "true"',
    );
}
