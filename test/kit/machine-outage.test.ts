import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, mkdirSync, openSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {door, service} from '#kit';
import {smallDisk} from '../small-disk.ts';
import {child} from './child.ts';
import {anyAnswer, letterWritten} from './letters.ts';
import {answering} from './once-services.ts';
import {deliver, folder, letter, serving} from './serving.ts';

test('what a full disk does not take is put off with the name of the file, and taken when there is room', async (t) => {
  const disk = await smallDisk(t);
  if (disk === undefined) return;
  const {url} = await serving(t, answering({word: 'yes'}), {dataDirectory: path.join(disk.folder, 'data')});
  disk.fill();

  const refused = await deliver(url, letter('1'));

  t.is(refused.status, 503);
  t.is(refused.headers.get('retry-after'), '5');
  const file = path.join(disk.folder, 'data/databases/answering.sqlite');
  t.regex(refused.body.toString(), new RegExp(`The database ${file} can't be used: .*full.* make room`));
  disk.free();
  t.is((await deliver(url, letter('1'))).status, 200);
});

test('of many events at once a full disk puts off each', async (t) => {
  const disk = await smallDisk(t);
  if (disk === undefined) return;
  const {url} = await serving(t, answering({word: 'yes'}), {dataDirectory: disk.folder});
  disk.fill();

  const ids = Array.from({length: 20}, (_, index) => `${index}`);
  const refused = await Promise.all(ids.map((id) => deliver(url, letter(id))));

  t.deepEqual([...new Set(refused.map(({status}) => status))], [503]);
  disk.free();
  const taken = await Promise.all(ids.map((id) => deliver(url, letter(id))));
  t.deepEqual([...new Set(taken.map(({status}) => status))], [200]);
});

test('a front door hears of a full disk as 503, and by which file', async (t) => {
  const disk = await smallDisk(t);
  if (disk === undefined) return;
  const {ask} = await serving(t, writing(), {dataDirectory: path.join(disk.folder, 'data')});
  disk.fill();

  const refused = await ask('/letters', {method: 'POST'});

  t.is(refused.status, 503);
  t.is(refused.headers.get('retry-after'), '5');
  t.regex(refused.body.toString(), /data\/blobs\/documents\/doc-1\/letter can't be read or written: ENOSPC/);
  disk.free();
  t.is((await ask('/letters', {method: 'POST'})).status, 200);
});

test('a file where a folder of blobs belongs is put off, as somebody can set it right', async (t) => {
  const dataDirectory = folder(t);
  const {ask} = await serving(t, writing(), {dataDirectory});
  writeFileSync(path.join(dataDirectory, 'blobs'), '');

  t.is((await ask('/letters', {method: 'POST'})).status, 503);
});

test('a line that a full disk does not take ends nothing, and the next one is a line of its own', async (t) => {
  const disk = await smallDisk(t, 1);
  if (disk === undefined) return;
  const log = path.join(disk.folder, 'log');
  const descriptor = openSync(log, 'a');
  const speaker = spawn(process.execPath, [path.join(import.meta.dirname, 'speaker.ts')], {
    stdio: ['pipe', descriptor, 'pipe'],
  });
  closeSync(descriptor);
  t.teardown(() => speaker.kill('SIGKILL'));
  await says(speaker, 'x'.repeat(4000));
  disk.fill();
  for (let line = 0; line < 3; line++) await says(speaker, 'y'.repeat(4000));
  disk.free();
  await says(speaker, 'last');

  speaker.stdin?.end();
  const [code]: unknown[] = await once(speaker, 'exit');
  t.is(code, 0);
  const lines = readFileSync(log, 'utf8').split('\n');
  t.deepEqual([lines[0], ...lines.slice(2)], ['x'.repeat(4000), 'last', '']);
  t.regex(lines[1] ?? '', /^y+$/);
});

const places: Record<string, [(file: string) => void, RegExp]> = {
  'a folder in its place': [
    (file) => mkdirSync(file),
    /unable to open database file\. Next: see that it is a file/,
  ],
  'garbage in it': [
    (file) => writeFileSync(file, 'garbage '.repeat(2000)),
    /file is not a database\. Next: .*away/,
  ],
};
for (const [what, [spoil, sentence]] of Object.entries(places)) {
  test(`a database with ${what} is one sentence that names it`, async (t) => {
    const dataDirectory = folder(t);
    const file = path.join(dataDirectory, 'databases', 'routing.sqlite');
    mkdirSync(path.dirname(file));
    spoil(file);

    const settings = {PORT: '0', DIP_DATA_DIR: dataDirectory};
    const {code, stderr} = await child(t, '../../services/cli/start.mjs', ['serve', 'routing'], settings)
      .ended;

    t.is(code, 1);
    t.is(stderr.trimEnd().split('\n').length, 1);
    t.true(stderr.startsWith(`routing: The database ${file} can't be used: `), stderr);
    t.regex(stderr, sentence);
  });
}

/** A front door that keeps what it is given. */
function writing() {
  return service({
    name: 'writing',
    receives: letterWritten,
    replies: [],
    async handle() {
      return undefined;
    },
    routes: {
      'POST /letters': door({
        role: 'submit',
        answers: anyAnswer,
        async handle(_request, {blobs}) {
          await blobs.write('documents/doc-1/letter', Buffer.alloc(20_000, 'a'));
          return {};
        },
      }),
    },
  });
}

/** Has it say a line, and waits until it has tried. */
async function says(speaker: ChildProcess, line: string): Promise<void> {
  const tried = once(speaker.stderr ?? speaker, 'data');
  speaker.stdin?.write(`${line}\n`);
  await tried;
}
