import {existsSync, readFileSync} from 'node:fs';
import {extractor} from '../../services/ingestion/extract/extract.ts';
import {faultOf, fieldFolder, fieldRows} from '../ingestion/extract/field-rows.ts';
import {type Figure, share, skipped} from './figure.ts';

/** Documents on which other systems stumbled. */
export async function reading(): Promise<Figure[]> {
  const what = 'documents that are read as their users would';
  if (!existsSync(fieldFolder)) return [skipped(what, `no ${fieldFolder}`)];
  const reader = extractor();
  let right = 0;
  const rows = fieldRows();
  for (const [file, expected] of rows) {
    const found = await reader.extract(readFileSync(fieldFolder + file), {filename: file, contentType: null});
    right += Number(faultOf(found, expected) === undefined);
  }
  await reader.close();
  return [share(what, {hits: right, of: rows.length}, {least: 1})];
}
