/** Inputs on which systems that read documents failed, which lie outside of this project. */
import {existsSync, readFileSync} from 'node:fs';
import test from 'ava';
import {extractor} from '../../../services/ingestion/extract/extract.ts';
import {skip} from '../../skip.ts';
import {faultOf, fieldFolder, fieldRows} from './field-rows.ts';

test('what other systems stumbled over is read as their users would', async (t) => {
  if (!existsSync(fieldFolder)) return void skip(t, `${fieldFolder} is not there`);
  t.timeout(120_000);
  const reader = extractor();
  t.teardown(() => reader.close());
  const wrong = new Map<string, string>();

  for (const [file, expected] of fieldRows()) {
    const bytes = readFileSync(fieldFolder + file);
    const fault = faultOf(await reader.extract(bytes, {filename: file, contentType: null}), expected);
    if (fault !== undefined) wrong.set(file, fault);
  }

  t.deepEqual([...wrong], []);
});
