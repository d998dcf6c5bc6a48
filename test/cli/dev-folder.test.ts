import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {rm} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {type Dip, startDip, temporaryFolder} from '../dip-process.ts';
import {smallDisk} from '../small-disk.ts';

const letter = 'My mortgage payment of $100.00 was booked twice.';

async function upload(
  {url}: Dip,
  headers: Record<string, string> = {},
): Promise<{status: number; body: string}> {
  const asked = {method: 'POST', headers: {'content-type': 'text/plain', ...headers}, body: letter};
  const answer = await fetch(`${url}/api/ingestion/documents`, asked);
  return {status: answer.status, body: await answer.text()};
}

/** Waits until so many documents have ended, and gives how each stands. */
async function statuses({url}: Dip, count: number): Promise<string[]> {
  for (;;) {
    const answer = await fetch(`${url}/api/archive/documents`);
    const {documents = []}: {documents?: {status: string}[]} = JSON.parse(await answer.text());
    if (documents.filter(({status}) => status !== 'in-work').length >= count)
      return documents.map(({status}) => status);
    await wait(50);
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(20);
}

async function started(t: ExecutionContext, dataDirectory: string): Promise<Dip> {
  const dip = await startDip(dataDirectory);
  t.teardown(() => dip.kill());
  return dip;
}

test('what was accepted before a full disk is answered once there is room, and nothing crashes', async (t) => {
  t.timeout(120_000);
  const disk = await smallDisk(t);
  if (disk === undefined) return;
  const dip = await started(t, path.join(disk.folder, 'data'));
  t.is((await upload(dip, {prefer: 'wait=30'})).status, 200);
  disk.fill(100 * 1024);
  let taken = 1;
  let refused = await upload(dip);
  for (; refused.status === 202; refused = await upload(dip)) taken++;
  disk.fill();

  t.is(refused.status, 503, refused.body);
  t.regex(refused.body, /ENOSPC|disk is full|no room/);
  t.true(taken > 1, 'nothing was accepted on the way');
  await until(() => /Trigger dip\/\S+ waits/.test(dip.said()));
  disk.free();

  t.deepEqual(new Set(await statuses(dip, taken)), new Set(['answered']));
  t.notRegex(dip.said(), /is gone|gave up|\n {4}at /);
});

test('without its logs DIP goes on', async (t) => {
  const dip = await started(t, path.join(await temporaryFolder(), 'data'));
  const logs = path.join(dip.dataDirectory, 'logs');
  rmSync(logs, {recursive: true});
  t.is((await upload(dip, {prefer: 'wait=30'})).status, 200);
  rmSync(logs, {recursive: true});

  t.is((await upload(dip, {prefer: 'wait=30'})).status, 200);
});

test('without its data folder DIP stops with one sentence that names it', async (t) => {
  const dip = await started(t, path.join(await temporaryFolder(), 'data'));
  const before = dip.said().length;

  await rm(dip.dataDirectory, {recursive: true});

  t.is(await dip.ended, 1);
  const said = dip.said().slice(before).trimEnd();
  t.true(said.startsWith(`The data folder ${dip.dataDirectory} was deleted or moved`), said);
  t.is(said.split('\n').length, 1);
});

test('a document waits for a service whose database is harmed, is told why, and answered once that is mended', async (t) => {
  const folder = path.join(await temporaryFolder(), 'data');
  const database = path.join(folder, 'databases', 'routing.sqlite');
  mkdirSync(path.dirname(database), {recursive: true});
  writeFileSync(database, 'garbage '.repeat(1000));
  const dip = await started(t, folder);

  t.is((await upload(dip)).status, 202);
  const reason = `Service routing did not start: it ended with code 1: routing: The database ${database} can't be used: file is not a database`;
  await until(() => dip.said().includes(reason));
  rmSync(database);

  t.deepEqual(await statuses(dip, 1), ['answered']);
  t.is(dip.said().split(reason).length, 2, 'it is said once');
});
