/** Reads a document while no file can be opened any more, and again when one can; prints what became of each. */
import {closeSync, openSync} from 'node:fs';
import {extractor} from '../../../services/ingestion/extract/extract.ts';

const reader = extractor();
await reader.warm();
const letter = Buffer.from('<!doctype html><p>My mortgage payment was booked twice.</p>');
const read = () =>
  reader.extract(letter, {filename: null, contentType: 'text/html'}).then(
    ({outcome}) => outcome,
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );

const open: number[] = [];
try {
  for (;;) open.push(openSync('/dev/null', 'r'));
} catch {}
const without = await read();
for (const descriptor of open) closeSync(descriptor);
const again = await read();
process.stdout.write(`${JSON.stringify({without, again})}\n`);
await reader.close();
