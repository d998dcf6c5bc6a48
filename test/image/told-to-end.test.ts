/** What is told to end while it starts ends, as process 1 too. */
import {execFileSync, spawnSync} from 'node:child_process';
import {cpSync, rmSync} from 'node:fs';
import {open} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {buildService} from '../../services/image/build.ts';
import {copyProject} from '../flow/project-copy.ts';
import {freePort} from '../kit/ports.ts';
import {readDockerfile} from './dockerfile.ts';
import {temporaryFolder} from './folder.ts';
import {init} from './init.ts';
import {asProcessOne, type ProcessOne} from './process-one.ts';

const built = path.join(temporaryFolder(), 'routing');
const node = path.join(built, 'node');
const canUnshare = spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status === 0;
if (!canUnshare)
  console.error('SKIPPED: nothing can be process 1 here, as that takes Linux, `unshare` and root');
const testAsProcessOne = canUnshare ? test.serial : test.serial.skip;

test.before(async (t) => {
  t.timeout(120_000);
  if (canUnshare) await buildService('routing', built);
});

testAsProcessOne('the entry of an image ends with 0 at whatever moment it is told to', async (t) => {
  const tini = init();
  if (tini === undefined) {
    console.error('SKIPPED: there is no tini, and Debian’s package of it can not be fetched');
    t.pass();
    return;
  }
  const words = entryWith(tini);

  // Node alone takes 20 ms and more before a line of ours runs, and all of it some 100.
  for (let moment = 0; moment < 200; moment += moment < 60 ? 4 : 20) {
    const process = await asProcessOne(t, words, await environment());
    await wait(moment);
    t.is(await toldToEnd(process), 0, `told after ${moment} ms`);
  }
});

testAsProcessOne('without an init too a built service hears it from its first line on', async (t) => {
  const folder = path.join(temporaryFolder(), 'waiting');
  cpSync(built, folder, {recursive: true});
  const script = path.join(folder, 'service.js');
  const words = [node, path.join(folder, 'service.mjs')];

  t.is(await toldWhileReading(t, script, words, `(() => { ${livesOn} })`), 0);
});

const reads = {'services/cli/main.ts': 143, 'services/routing/service.ts': 0};
for (const [file, code] of Object.entries(reads)) {
  testAsProcessOne(`dip serve, told to end while it reads ${file}, ends with ${code}`, async (t) => {
    const folder = path.join(temporaryFolder(), 'project');
    await copyProject(folder);
    const words = [node, path.join(folder, 'services/cli/start.mjs'), 'serve', 'routing'];
    const script = `${livesOn} await new Promise(() => {});`;

    t.is(await toldWhileReading(t, path.join(folder, file), words, script), code);
  });
}

/** What never ends by itself. */
const livesOn = 'setInterval(() => {}, 1_000);';

/** As an image's, its paths on this machine. */
function entryWith(tini: string): string[] {
  const instruction = readDockerfile()
    .flatMap(({instructions}) => instructions)
    .findLast(({word}) => word === 'ENTRYPOINT');
  const words: string[] = JSON.parse(instruction?.rest ?? '[]');
  return words.map((word) => (word === '/app/tini' ? tini : word.replace(/^\/app(?=\/)/, built)));
}

async function environment(): Promise<Record<string, string>> {
  return {PORT: String(await freePort()), DIP_DATA_DIR: path.join(temporaryFolder(), 'data')};
}

/** Sends SIGTERM while a program waits for the text of a file of its own, and then gives it the text. */
async function toldWhileReading(t: ExecutionContext, file: string, words: readonly string[], text: string) {
  rmSync(file);
  execFileSync('mkfifo', [file]);
  const process = await asProcessOne(t, words, await environment());
  // Opens once there is somebody who reads.
  const writing = await open(file, 'w');
  const ended = toldToEnd(process);
  await writing.writeFile(text);
  await writing.close();
  return ended;
}

/** Its exit code; undefined where it takes longer than any start and far less than a grace period. */
async function toldToEnd(process: ProcessOne): Promise<number | null | undefined> {
  process.tell();
  return Promise.race([process.ended, wait(20_000, undefined, {ref: false})]);
}
