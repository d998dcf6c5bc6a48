/** Writes blobs of 100 kB, one after the other, until it is killed. */
import {writeSync} from 'node:fs';
import {folderBlobs} from '#kit/wire';

const blobs = folderBlobs(process.argv[2] ?? '');
for (let number = 0; ; number += 1) {
  await blobs.write(`documents/doc-1/${number}`, Buffer.alloc(100_000, number));
  writeSync(1, `written ${number}\n`);
}
