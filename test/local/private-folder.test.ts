import {chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {closeToOthers} from '../../services/local/private-folder.ts';
import {temporaryFolder} from './folder.ts';

const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

/** A data folder as it was before others were kept out of it. */
async function openFolder(t: ExecutionContext): Promise<string> {
  const above = await temporaryFolder(t);
  const folder = path.join(above, 'data');
  mkdirSync(path.join(folder, 'blobs/documents/doc-1'), {recursive: true});
  mkdirSync(path.join(folder, 'databases'));
  for (const file of ['blobs/documents/doc-1/letter', 'databases/archive.sqlite', 'lock'])
    writeFileSync(path.join(folder, file), 'x');
  for (const name of ['.', ...readdirSync(folder, {recursive: true, encoding: 'utf8'})]) {
    const file = path.join(folder, name);
    chmodSync(file, statSync(file).isDirectory() ? 0o755 : 0o644);
  }
  return folder;
}

test('a data folder that others can read is closed to them with all that is in it, and that is said once', async (t) => {
  const folder = await openFolder(t);
  const said: string[] = [];

  for (const _time of [1, 2]) closeToOthers(folder, (sentence) => said.push(sentence));

  t.deepEqual(said, [`Others of this machine could read data in ${folder}; now its owner alone can.`]);
  t.is(modeOf(folder), '700');
  for (const name of readdirSync(folder, {recursive: true, encoding: 'utf8'})) {
    const file = path.join(folder, name);
    t.is(modeOf(file), statSync(file).isDirectory() ? '700' : '600', name);
  }
});

test('of a folder that holds other things only what is ours is closed, and nothing is followed out of it', async (t) => {
  const folder = await openFolder(t);
  writeFileSync(path.join(folder, 'notes.txt'), 'mine');
  chmodSync(path.join(folder, 'notes.txt'), 0o644);
  const elsewhere = path.join(path.dirname(folder), 'elsewhere');
  mkdirSync(elsewhere);
  chmodSync(elsewhere, 0o755);
  for (const name of ['logs', 'blobs/link']) symlinkSync(elsewhere, path.join(folder, name));

  closeToOthers(folder, () => {});

  t.deepEqual([folder, path.join(folder, 'notes.txt'), elsewhere].map(modeOf), ['755', '644', '755']);
  t.deepEqual(
    ['blobs', 'blobs/documents/doc-1/letter', 'databases/archive.sqlite', 'lock'].map((name) =>
      modeOf(path.join(folder, name)),
    ),
    ['700', '600', '600', '600'],
  );
});
