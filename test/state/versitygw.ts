import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {mkdir, mkdtemp, rename, rm} from 'node:fs/promises';
import path from 'node:path';
import {promisify} from 'node:util';
import {takeMachineLock} from '../cluster/machine-lock.ts';
import {cacheFolder} from '../cluster/tools.ts';

const run = promisify(execFile);

const version = '1.8.0';
const source = `github.com/versity/versitygw/cmd/versitygw@v${version}`;
const folder = path.join(cacheFolder, 'dip-tools', `versitygw-${version}`);
const lockPort = 16_447;

let found: Promise<string> | undefined;

/**
 * An S3 server's program: the one that `VERSITYGW` names, or on the PATH, or built by Go, once for this machine.
 *
 * @throws Error when there is none and Go can't build it.
 */
export function versitygw(): Promise<string> {
  found ??= find();
  return found;
}

async function find(): Promise<string> {
  const named = process.env['VERSITYGW'];
  if (named !== undefined && named !== '') return named;
  const onPath = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .map((part) => path.join(part, 'versitygw'))
    .find((file) => existsSync(file));
  if (onPath !== undefined) return onPath;
  const built = path.join(folder, 'versitygw');
  if (existsSync(built)) return built;
  const lock = await takeMachineLock(lockPort);
  try {
    if (!existsSync(built)) await build();
  } finally {
    await lock.release();
  }
  return built;
}

/** About a minute. It is made beside the folder and moved there at the end, so that what exists is whole. */
async function build(): Promise<void> {
  await mkdir(path.dirname(folder), {recursive: true});
  const making = await mkdtemp(path.join(path.dirname(folder), 'making-'));
  try {
    await run('go', ['install', source], {env: {...process.env, GOBIN: making, CGO_ENABLED: '0'}});
    await rename(making, folder);
  } finally {
    await rm(making, {recursive: true, force: true});
  }
}
