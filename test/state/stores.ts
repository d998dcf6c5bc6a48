import test, {type ExecutionContext} from 'ava';
import type {Blobs} from '#kit';
import {folderBlobs, openBlobs, readConfig} from '#kit/wire';
import {folder} from '../kit/serving.ts';
import {skip} from '../skip.ts';
import {S3, s3Keys} from './s3.ts';

/** A kind of store that blobs can be kept in. */
export interface TestedStore {
  readonly name: 'folder' | 'S3';
  /** A new, empty one; undefined where there can be none on this machine, which is said. */
  empty(t: ExecutionContext): Promise<Blobs | undefined>;
}

let server: Promise<S3> | undefined;
test.after.always('the S3 server ends', async () => (await server?.catch(() => undefined))?.remove());

/** The S3 server of this test file, started when first asked for; undefined where there can be none, which is said. */
export async function s3(t: ExecutionContext): Promise<S3 | undefined> {
  // It may have to be built first.
  t.timeout(300_000);
  server ??= S3.start();
  try {
    return await server;
  } catch (error) {
    return skip(t, `there is no S3 server to test with: ${error instanceof Error ? error.message : error}`);
  }
}

/** What every test of blobs runs on. */
export const stores: readonly TestedStore[] = [
  {name: 'folder', empty: async (t) => folderBlobs(folder(t))},
  {
    name: 'S3',
    async empty(t) {
      const running = await s3(t);
      return (
        running &&
        openBlobs({...readConfig({}), blobsUrl: running.url(await running.newBucket()), aws: s3Keys})
      );
    },
  },
];
