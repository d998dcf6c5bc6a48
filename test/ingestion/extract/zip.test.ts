import test from 'ava';
import {unpacker} from '../../../services/ingestion/extract/archive/inflate.ts';
import {type ZipEntry, zipEntries} from '../../../services/ingestion/extract/archive/zip.ts';
import {read} from '../../../services/ingestion/extract/read.ts';
import {contentTypes, noHints, paragraph, part, run} from './making.ts';
import {type Zip64Options, zip64} from './zip-with.ts';

const files = {
  '[Content_Types].xml': contentTypes([]),
  'word/document.xml': part('document', `<w:body>${paragraph(run('Close my account.'))}</w:body>`),
};

function contentOf(entry: ZipEntry, archive: Uint8Array): string {
  const pieces: Uint8Array[] = [];
  unpacker(archive.length)(entry, (bytes) => pieces.push(bytes));
  return Buffer.concat(pieces).toString();
}

test('an archive with its numbers in 64 bits is read', (t) => {
  const archive = zip64({a: 'first', 'b/c': 'second'});

  const entries = zipEntries(archive) ?? [];

  t.deepEqual(
    entries.map((entry) => [entry.name, contentOf(entry, archive)]),
    [
      ['a', 'first'],
      ['b/c', 'second'],
    ],
  );
});

test('of the two end records the shorter one holds where it is not all ones', (t) => {
  const archive = zip64({a: 'first'}, {end: {count: 1}, record: {count: 7n}});

  t.is(zipEntries(archive)?.length, 1);
});

test('bytes before an archive in 64 bits move its offsets', (t) => {
  const archive = zip64({a: 'first'}, {before: Buffer.from('#!/bin/sh\n')});

  t.is(
    zipEntries(archive)
      ?.map((entry) => contentOf(entry, archive))
      .join(),
    'first',
  );
});

test('a Word document in 64 bits is read', async (t) => {
  t.like(await read(zip64(files), noHints), {outcome: 'ingested', text: 'Close my account.'});
});

const most = 2n ** 64n - 1n;
const lies: Record<string, Zip64Options> = {
  'more files than its directory has room for': {record: {count: most}},
  'one file more than there are': {record: {count: 3n}},
  'a directory larger than the archive': {record: {size: most}},
  'a directory behind the end of the archive': {record: {offset: most}},
  'no directory': {record: {size: 0n}},
};

for (const [name, options] of Object.entries(lies))
  test(`an archive whose 64-bit record says ${name} is corrupt`, async (t) => {
    t.deepEqual(await read(zip64(files, options), noHints), {outcome: 'rejected', reason: 'corrupt'});
  });

test('a locator that points anywhere does no harm, since the record stands before it', async (t) => {
  for (const locator of [0n, 5n, 2n ** 33n, most])
    t.like(await read(zip64(files, {locator}), noHints), {outcome: 'ingested'}, String(locator));
});

test('an archive in 64 bits that was changed anywhere is read or refused, and nothing else', async (t) => {
  const archive = zip64(files);
  for (let at = archive.length - 300; at < archive.length; at++) {
    const changed = Uint8Array.from(archive);
    changed[at] = 0xff - (changed[at] ?? 0);
    const {outcome} = await read(changed, noHints);
    t.true(outcome === 'ingested' || outcome === 'rejected', `byte ${at}`);
    t.notThrows(() => {
      zipEntries(changed);
    }, `byte ${at}`);
  }
});
