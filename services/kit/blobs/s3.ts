import {createHash} from 'node:crypto';
import type {IncomingMessage} from 'node:http';
import {pipeline, type Readable, Transform} from 'node:stream';
import {buffer} from 'node:stream/consumers';
import type {AwsKeys} from '../config.ts';
import {Defer} from '../errors.ts';
import {BlobChanged, BlobMissing, type Blobs, BlobTaken, checkName} from './blobs.ts';
import {readBlobsUrl} from './blobs-url.ts';
import {S3Refusal} from './s3-refusal.ts';
import {type S3Request, type Send, s3Sender} from './s3-request.ts';

/**
 * Blobs as objects of a bucket on an S3 server, by their names. The bucket is there already.
 *
 * @param options.pageKeys names that are asked for at once when a document is erased (Default: 1000, the most there is)
 * @param options.silenceMs a connection is given up after so long without a word (Default: 10 seconds)
 * @throws ConfigError when the URL is none, or the keys are missing.
 */
export function s3Blobs(blobsUrl: string, keys: AwsKeys, {pageKeys = 1000, silenceMs = 10_000} = {}): Blobs {
  const bucket = readBlobsUrl(blobsUrl, keys.region ?? 'us-east-1');
  const send = s3Sender(bucket, keys, silenceMs);
  const writesOnce = onceChecked(send);
  return {
    async write(ref, bytes) {
      checkName(ref);
      await writesOnce();
      await writeOnce(send, ref, bytes);
    },
    async read(ref) {
      checkName(ref);
      return ask(send, ref, async (answer) => {
        const bytes = await buffer(answer);
        const hash = createHash('sha256').update(bytes).digest('base64');
        if (!isAsWritten(answer, hash)) throw new BlobChanged(ref);
        return bytes;
      });
    },
    async stream(ref) {
      checkName(ref);
      return ask(send, ref, async (answer) => verified(answer, ref));
    },
    async erase(prefix) {
      checkName(prefix);
      await send({method: 'DELETE', key: prefix}, discard);
      await eraseBelow(send, {prefix: `${bucket.prefix}${prefix}/`, cut: bucket.prefix.length, pageKeys});
    },
  };
}

async function writeOnce(send: Send, ref: string, bytes: Uint8Array): Promise<void> {
  try {
    await send(put(ref, bytes), discard);
  } catch (error) {
    if (!(error instanceof S3Refusal) || error.status !== 412) throw error;
    const kept = await ask(send, ref, buffer);
    if (!kept.equals(bytes)) throw new BlobTaken(ref);
  }
}

/** The server itself refuses to overwrite, and to keep bytes that are not the ones that were sent. */
function put(key: string, body: Uint8Array): S3Request {
  const checksum = createHash('sha256').update(body).digest();
  return {
    method: 'PUT',
    key,
    body,
    bodyHash: checksum.toString('hex'),
    headers: {'if-none-match': '*', 'x-amz-checksum-sha256': checksum.toString('base64')},
  };
}

/** Written by every process before its first blob; not a name that a blob can have. */
const probe = put('write-once', Buffer.from('Blobs are kept here, each written once.\n'));

/**
 * Makes sure, once, that the server does not overwrite: one that passes over `If-None-Match` would say that all is
 * well. What is there already is refused where it works; of what is not, the second one is.
 */
function onceChecked(send: Send): () => Promise<void> {
  let check: Promise<void> | undefined;
  const isRefused = () =>
    send(probe, discard).then(
      () => false,
      (error: unknown) => {
        if (error instanceof S3Refusal && error.status === 412) return true;
        throw error;
      },
    );
  const run = async () => {
    if ((await isRefused()) || (await isRefused())) return;
    throw new Defer(
      'The store of BLOBS_URL passes over If-None-Match, so that blobs could be overwritten: it needs conditional writes.',
    );
  };
  return () => {
    check ??= run().catch((error: unknown) => {
      check = undefined;
      throw error;
    });
    return check;
  };
}

async function ask<Result>(
  send: Send,
  ref: string,
  take: (answer: IncomingMessage) => Promise<Result>,
): Promise<Result> {
  try {
    return await send({method: 'GET', key: ref, headers: {'x-amz-checksum-mode': 'ENABLED'}}, take);
  } catch (error) {
    if (error instanceof S3Refusal && error.code === 'NoSuchKey') throw new BlobMissing(ref, error);
    throw error;
  }
}

/** An object that somebody put there in parts has a checksum of its parts, which says nothing of the whole. */
function isAsWritten({headers}: IncomingMessage, hash: string): boolean {
  const said = headers['x-amz-checksum-sha256'];
  return said === undefined || said.includes('-') || said === hash;
}

function verified(answer: IncomingMessage, ref: string): Readable {
  const hash = createHash('sha256');
  const verifying = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush: (done) => done(isAsWritten(answer, hash.digest('base64')) ? null : new BlobChanged(ref)),
  });
  // What breaks on the way breaks the stream, and a stream that is not read to its end lets go of the connection.
  pipeline(answer, verifying, () => {});
  return verifying;
}

/** Page after page, as the names that are left change while some are deleted. */
async function eraseBelow(
  send: Send,
  {prefix, cut, pageKeys}: {prefix: string; cut: number; pageKeys: number},
): Promise<void> {
  for (let token: string | undefined; ; ) {
    const query = {'list-type': '2', prefix, 'max-keys': String(pageKeys)};
    const more = token === undefined ? {} : {'continuation-token': token};
    const page = await send({method: 'GET', key: '', query: {...query, ...more}}, async (answer) =>
      (await buffer(answer)).toString('utf8'),
    );
    const keys = [...page.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key.slice(cut));
    await Promise.all(keys.map((key) => send({method: 'DELETE', key}, discard)));
    token = /<NextContinuationToken>([^<]*)</.exec(page)?.[1]?.replaceAll('&#43;', '+');
    if (token === undefined || token === '') return;
  }
}

/** Read to its end, so that the connection can be used again. */
async function discard(answer: IncomingMessage): Promise<void> {
  for await (const _ of answer);
}
