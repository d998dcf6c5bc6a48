import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {dip} from './process.ts';

const kept = fileURLToPath(new URL('../../config/knative/60-eventtypes.yaml', import.meta.url));

test('the EventTypes of the manifests are those that the contracts make', async (t) => {
  const {stdout, code} = await dip(['manifests', 'eventtypes']);

  t.is(code, 0);
  t.is(stdout, await readFile(kept, 'utf8'), 'run `npm run generate`');
});
