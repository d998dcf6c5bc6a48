import type {IncomingMessage} from 'node:http';
import type {Middleware} from 'koa';
import type {CloudEvent} from '../cloudevent.ts';
import {decode} from '../codec/http.ts';
import {Defer} from '../errors.ts';

/** What the middleware behind this one finds in `ctx.state`. */
export interface EventState {
  /** The event that was delivered. */
  cause: CloudEvent;
}

/** The largest event taken: Kafka's own default limit for a record. */
export const largestEventBytes = 1_048_576;

/** Reads the one event of the request. An event that is none answers 400, one that is too large 413. */
export function decodeEvent(): Middleware<EventState> {
  return async (ctx, next) => {
    const body = await readBody(ctx.req, largestEventBytes);
    if (body === undefined) return ctx.throw(413, `Expected an event of at most ${largestEventBytes} bytes.`);
    ctx.state.cause = decode(ctx.req.headers, body);
    await next();
  };
}

/**
 * The body of a request; undefined when it is longer than the limit. The rest is then read away, as a sender that is
 * still sending would not hear the answer.
 *
 * @throws Defer when the sender breaks off in the middle.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return undefined;
  const {promise, resolve, reject} = Promise.withResolvers<Buffer | undefined>();
  const chunks: Buffer[] = [];
  let length = 0;
  const breakOff = (cause?: unknown) =>
    reject(new Defer('The sender broke off before the end of the body.', {cause}));
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else resolve(undefined);
  });
  request.once('end', () => resolve(Buffer.concat(chunks, length)));
  request.once('error', breakOff);
  request.once('close', breakOff);
  return promise;
}
