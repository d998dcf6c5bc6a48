/** A reader that is closed ends whatever it does. */
import test from 'ava';
import {extractor} from '../../../services/ingestion/extract/extract.ts';
import {noHints} from './making.ts';

test('a reader that is closed while its thread starts does not wait for that', async (t) => {
  const reader = extractor();
  const warm = reader.warm();
  const waiting = reader.extract(Buffer.from('Please help me.'), noHints);

  const failed = [t.throwsAsync(warm), t.throwsAsync(waiting)];
  await reader.close();

  for (const error of await Promise.all(failed)) t.regex(error?.message ?? '', /one that was closed/);
});

test('a reader that is closed reads nothing more', async (t) => {
  const reader = extractor();
  await reader.warm();
  await reader.close();

  await t.throwsAsync(reader.extract(Buffer.from('Please help me.'), noHints), {
    message: /one that was closed/,
  });
});
