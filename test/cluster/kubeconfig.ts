import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {ExecutionContext} from 'ava';

/** What a kubeconfig of one cluster and one user says beyond the address. */
export interface Written {
  readonly context?: string;
  readonly cluster?: Readonly<Record<string, unknown>>;
  readonly user?: Readonly<Record<string, unknown>>;
}

/** A kubeconfig with one context, which is the current one; it is deleted with the test. */
export async function writeKubeconfig(
  t: ExecutionContext,
  server: string,
  written: Written = {},
): Promise<string> {
  const {context = 'here', cluster = {}, user = {}} = written;
  const folder = await mkdtemp(path.join(tmpdir(), 'dip-kubeconfig-'));
  t.teardown(() => rm(folder, {recursive: true}));
  const file = path.join(folder, 'config');
  const value = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{name: `${context}-cluster`, cluster: {server, ...cluster}}],
    users: [{name: `${context}-user`, user}],
    contexts: [{name: context, context: {cluster: `${context}-cluster`, user: `${context}-user`}}],
    'current-context': context,
  };
  await writeFile(file, JSON.stringify(value));
  return file;
}
