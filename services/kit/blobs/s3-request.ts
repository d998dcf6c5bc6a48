import http, {type IncomingMessage} from 'node:http';
import https from 'node:https';
import {setTimeout as wait} from 'node:timers/promises';
import {AwsV4Signer} from 'aws4fetch';
import {type AwsKeys, ConfigError} from '../config.ts';
import {Defer, messageOf} from '../errors.ts';
import {beginningOf, makeRequest} from '../outgoing-request.ts';
import type {Bucket} from './blobs-url.ts';
import {S3Refusal} from './s3-refusal.ts';

/** One thing that is asked of a bucket. */
export interface S3Request {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  /** A name within what is ours of the bucket; empty: the bucket itself. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** SHA-256 of the body in hex, which is signed. (Default: that of nothing) */
  readonly bodyHash?: string;
}

/**
 * Asks, and has the answer taken where it is a success; again with growing waits while that fails for a reason that
 * passes.
 *
 * @throws S3Refusal when the server will not do it.
 * @throws Defer when it stays away.
 */
export type Send = <Result>(
  request: S3Request,
  take: (answer: IncomingMessage) => Promise<Result>,
) => Promise<Result>;

/** The waits before the second, third … attempt, in milliseconds; half of each is random, so that replicas spread. */
const waits = [100, 200, 400, 800, 1600];
/** No attempt begins after this: whoever waits for us waits no longer either. */
const patienceMs = 15_000;
const hashOfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * Sends to a bucket, over connections that are kept. One without a word for `silenceMs` is given up.
 *
 * @throws ConfigError when there are no keys to sign with.
 */
export function s3Sender(bucket: Bucket, keys: AwsKeys, silenceMs: number): Send {
  const sign = signer(bucket, keys);
  const {Agent} = bucket.url.startsWith('https:') ? https : http;
  const agent = new Agent({keepAlive: true, maxSockets: 32, scheduling: 'fifo'});

  async function attempt<Result>(
    request: S3Request,
    take: (answer: IncomingMessage) => Promise<Result>,
  ): Promise<Result> {
    const {url, headers} = await sign(request);
    const {method, body} = request;
    const answer = await makeRequest(url, {
      method,
      headers: Object.fromEntries(headers),
      body,
      agent,
      silenceMs,
    });
    const status = answer.statusCode ?? 0;
    if (status >= 200 && status < 300) return take(answer);
    throw new S3Refusal({status, body: await beginningOf(answer)}, bucket);
  }

  return async (request, take) => {
    let failure: unknown;
    const start = performance.now();
    for (const waitMs of [0, ...waits]) {
      if (performance.now() - start > patienceMs) break;
      if (waitMs > 0) await wait((waitMs / 2) * (1 + Math.random()));
      try {
        return await attempt(request, take);
      } catch (error) {
        if (error instanceof S3Refusal && !error.isPassing) throw error;
        failure = error;
      }
    }
    if (failure instanceof S3Refusal) throw failure;
    const reason = reasonOf(failure);
    throw new Defer(`The store at ${bucket.host} with bucket ${bucket.name} is away: ${reason}.`, {
      cause: failure,
    });
  };
}

/** Signature Version 4; what is derived from the secret is kept for the day. */
function signer(bucket: Bucket, {accessKeyId, secretAccessKey, sessionToken}: AwsKeys) {
  if (accessKeyId === undefined || secretAccessKey === undefined)
    throw new ConfigError(
      'BLOBS_URL is set, and AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY is not: it needs both.',
    );
  const token = sessionToken === undefined ? {} : {sessionToken};
  const common = {
    accessKeyId,
    secretAccessKey,
    ...token,
    service: 's3',
    region: bucket.region,
    cache: new Map(),
  };
  return ({method, key, query = {}, headers = {}, bodyHash = hashOfNothing}: S3Request) => {
    const search = new URLSearchParams(query).toString();
    const name = key === '' ? '' : `${bucket.prefix}${key}`;
    const url = `${bucket.url}${name}${search === '' ? '' : `?${search}`}`;
    const signed = {...headers, 'x-amz-content-sha256': bodyHash};
    return new AwsV4Signer({...common, method, url, headers: signed}).sign();
  };
}

/** Where every address of a name was tried, the error itself says nothing. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
  return (messageOf(error) || code).replace(/\.$/, '').slice(0, 300);
}
