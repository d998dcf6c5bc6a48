import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {buffer} from 'node:stream/consumers';
import test from 'ava';
import {BlobChanged, blobName, sha256Of} from '#kit';
import {openBlobs, readConfig} from '#kit/wire';
import {folder} from '../serving.ts';

const bytes = Buffer.from('Dear Sir, you owe me $100.00.');
const owner = {documentId: 'doc-1', eventId: 'event-1'};

for (const [harm, left] of Object.entries({
  changed: Buffer.from('Dear Sir, you owe me $999.00.'),
  'cut off': bytes.subarray(0, 10),
  emptied: Buffer.alloc(0),
}))
  test(`bytes that were ${harm} on the disk are not taken for what was written`, async (t) => {
    const root = folder(t);
    const blobs = await openBlobs({...readConfig({}), dataDirectory: root});
    for (const file of ['original', 'content.json', 'notes']) {
      const ref = blobName(owner, file, sha256Of(bytes));
      await blobs.write(ref, bytes);
      t.deepEqual(await blobs.read(ref), bytes);
      t.deepEqual(await buffer(await blobs.stream(ref)), bytes);
      writeFileSync(path.join(root, 'blobs', ref), left);

      await t.throwsAsync(blobs.read(ref), {instanceOf: BlobChanged, message: /does not hold the bytes/});
      await t.throwsAsync(async () => buffer(await blobs.stream(ref)), {instanceOf: BlobChanged});
    }
  });

test('a name without a hash says nothing of the bytes', async (t) => {
  const blobs = await openBlobs({...readConfig({}), dataDirectory: folder(t)});
  await blobs.write('documents/doc-1/event-1/content.json', bytes);

  t.deepEqual(await blobs.read('documents/doc-1/event-1/content.json'), bytes);
});
