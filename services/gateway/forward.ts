import http, {type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse} from 'node:http';
import {pipeline} from 'node:stream/promises';
import {type BodyLimit, messageOf} from '#kit';
import {endWhenSent} from '#kit/wire';
import {headersForPerson} from './headers.ts';
import {Refusal} from './refusal.ts';

/** A request on its way to a service. */
export interface Passage {
  /** The service's address; a path in it comes before the request's. */
  readonly serviceUrl: string;
  /** The service's own path, with its query, as it was written. */
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly bodyLimit: BodyLimit;
  readonly patience: Patience;
}

/** How long a service is waited for, in milliseconds. */
export interface Patience {
  /** Until it takes the connection. (Default: 10 s; on a cluster something does while the service is at zero) */
  readonly connectMs: number;
  /** While nothing moves, in either direction: a cold start, a long answer. (Default: 120 s) */
  readonly idleMs: number;
}

export const usualPatience: Patience = {connectMs: 10_000, idleMs: 120_000};

/** The longest answer that is read as a whole: a receipt's, which says where to look. */
const largestReceiptBytes = 1_048_576;

/** The connections to services that are kept, for requests that may be made again. */
export const agent = new http.Agent({keepAlive: true});

/**
 * Passes a request on to a service. The answer comes as it begins; it is broken off when the person goes away.
 *
 * @throws Refusal when the service can't be reached, or the body is too long.
 */
export async function send(
  passage: Passage,
  {request, response}: {request: IncomingMessage; response: ServerResponse},
): Promise<IncomingMessage> {
  const {answer, breakOff} = passOn(passage, request);
  response.once('close', breakOff);
  return answer;
}

/** Passes a service's answer back as it streams by, be it that all of the request has been sent or not. @throws Refusal when it is none that anybody can be given. */
export async function answerWith(
  arrived: IncomingMessage,
  {request, response}: {request: IncomingMessage; response: ServerResponse},
): Promise<void> {
  try {
    response.writeHead(arrived.statusCode ?? 502, headersForPerson(arrived.headers));
  } catch (error) {
    // A status or a header that no answer can have.
    arrived.destroy();
    throw brokenOff(error);
  }
  // A service that breaks off in the midst breaks off for the person too, and the other way round.
  await pipeline(arrived, response, {end: false}).catch(() => response.destroy());
  if (response.destroyed) return;
  // Whoever has answered takes no more of it.
  request.unpipe();
  endWhenSent(request, response);
}

/** The whole body of a service's answer. @throws Refusal when it breaks off, or goes on and on. */
export async function wholeOf(arrived: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of arrived) {
      length += chunk.length;
      if (length > largestReceiptBytes) throw new Error('its answer is too long');
      chunks.push(chunk);
    }
  } catch (error) {
    arrived.destroy();
    throw brokenOff(error);
  }
  return Buffer.concat(chunks);
}

function passOn(
  passage: Passage,
  request: IncomingMessage,
): {answer: Promise<IncomingMessage>; breakOff: () => void} {
  const {promise: answer, resolve, reject} = Promise.withResolvers<IncomingMessage>();
  const withBody = hasBody(request);
  let outgoing: http.ClientRequest;
  let isOver = false;
  const attempt = () => {
    const current = open(passage, request.method, mayBeRepeated(request) ? agent : false);
    outgoing = current;
    current.on('response', (arrived) => {
      isOver = true;
      resolve(arrived);
    });
    current.on('error', (error) => {
      // The service closed a connection that was kept, just as it was used again: that is no answer.
      if (!isOver && current.reusedSocket && !(error instanceof Refusal)) return attempt();
      // What the client still sends has nowhere to go, but it has to send it to see the answer.
      request.unpipe(current);
      request.resume();
      return reject(error instanceof Refusal ? error : brokenOff(error));
    });
    if (withBody) request.pipe(current);
    else current.end();
  };
  const breakOff = (error?: Error) => {
    isOver = true;
    outgoing.destroy(error);
  };
  attempt();
  limit(request, passage.bodyLimit, breakOff);
  const brokenOffByClient = () => {
    if (!request.complete) breakOff(new Error('the client broke off'));
  };
  // It may have gone away while we found out who it is.
  if (request.destroyed) brokenOffByClient();
  else request.on('close', brokenOffByClient);
  return {answer, breakOff: () => breakOff()};
}

/**
 * Whether a request may be made again where a kept connection was closed under it, as nobody can tell whether it was
 * heard (RFC 9110 §9.2.2). All else gets a new connection, which nobody can be about to close.
 */
function mayBeRepeated(request: IncomingMessage): boolean {
  return !hasBody(request) && (request.method === 'GET' || request.method === 'HEAD');
}

function hasBody({headers}: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function open(
  {serviceUrl, path, headers, patience}: Passage,
  method = 'GET',
  connections: http.Agent | false,
): http.ClientRequest {
  const {hostname, port, pathname} = new URL(serviceUrl);
  const outgoing = http.request({
    // An IPv6 address stands in brackets in a URL, and nowhere else.
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    path: `${pathname.replace(/\/$/, '')}${path}`,
    method,
    // Kept until all is sent: a service that answers early and closes would cut its own answer off.
    headers: {...headers, connection: 'keep-alive'},
    agent: connections,
    timeout: patience.idleMs,
  });
  outgoing.on('timeout', () => {
    const seconds = Math.ceil(patience.idleMs / 1000);
    outgoing.destroy(new Refusal(504, `The service said nothing for ${seconds} s.`));
  });
  outgoing.on('socket', (socket) => {
    if (!socket.connecting) return;
    const timer = setTimeout(() => outgoing.destroy(new Error('it takes no connection')), patience.connectMs);
    for (const settled of ['connect', 'close']) socket.once(settled, () => clearTimeout(timer));
  });
  return outgoing;
}

/** Counts what comes in, whatever it was announced to be. */
function limit(request: IncomingMessage, most: BodyLimit, onMore: (refusal: Refusal) => void): void {
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    const before = length;
    length += chunk.length;
    if (length > most.bytes && before <= most.bytes) onMore(tooLarge(most));
  });
}

/** The refusal of a body that is too long. */
export function tooLarge({words}: BodyLimit): Refusal {
  return new Refusal(413, `Expected ${words}.`);
}

function brokenOff(error: unknown): Refusal {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EMFILE' || code === 'ENFILE') {
    const headers = {'retry-after': '5'};
    return new Refusal(503, 'This machine has no connection left to give just now.', {cause: error, headers});
  }
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const headers = {'retry-after': '5'};
    return new Refusal(503, 'The service is not there, or does not listen yet.', {cause: error, headers});
  }
  return new Refusal(502, `The service broke off: ${messageOf(error).replace(/\.$/, '')}.`, {cause: error});
}
