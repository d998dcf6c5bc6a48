import http, {type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse} from 'node:http';
import {preferredWait, traceHeaders} from '#kit';
import {ask, type Passage} from './forward.ts';
import {headersForPerson} from './headers.ts';
import type {FrontDoor, Services} from './services.ts';

/** A document handed in by somebody who wants to see what becomes of it: `Prefer: wait=<seconds>` (RFC 7240 §4.3). */
export function isAwaitedUpload(door: FrontDoor, request: IncomingMessage): boolean {
  return isUpload(door, request) && waitOf(request) !== undefined;
}

/** A document handed in: it may be larger than other bodies. */
export function isUpload({service, path}: FrontDoor, {method}: IncomingMessage): boolean {
  return method === 'POST' && service === 'ingestion' && path.split('?')[0] === '/documents';
}

/**
 * Hands the document in and asks the archive how it stands, until it has ended or the time is over. Ingestion
 * itself never waits: what follows from a document is none of its business.
 *
 * @throws Refusal when ingestion can't be reached, or the document is too large.
 */
export async function uploadAndWait(
  passage: Passage,
  services: Services,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = await ask(passage, request);
  const documentId =
    answer.status === 202 ? textMember(answer.body.toString('utf8'), 'documentId') : undefined;
  if (documentId === undefined || !services.has('archive')) {
    response.writeHead(answer.status, headersForPerson(answer.headers));
    response.end(answer.body);
    return;
  }
  const seconds = waitOf(request) ?? 0;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  // The document is in, whatever the archive says: its failure is no failure of the upload.
  const headers = {'dip-person': passage.headers['dip-person'], ...traceHeaders()};
  const wanted = {documentId, seconds, headers, signal: gone.signal};
  const {status, body} = await askArchive(services, wanted).catch(() => nothingKnown);
  const standing = status === 200 ? textMember(body, 'status') : undefined;
  const isKnown = standing !== undefined;
  const isEnded = isKnown && standing !== 'in-work';
  response.writeHead(isEnded ? 200 : 202, {
    ...headersForPerson({'content-type': 'application/json; charset=utf-8'}),
    'preference-applied': `wait=${seconds}`,
  });
  response.end(isKnown ? body : answer.body);
}

const nothingKnown = {status: 503, body: ''};

/** The archive waits as long as it is asked to; it may have to start before. */
const longestStartMs = 30_000;

interface Wanted {
  readonly documentId: string;
  readonly seconds: number;
  readonly headers: OutgoingHttpHeaders;
  readonly signal: AbortSignal;
}

async function askArchive(services: Services, wanted: Wanted): Promise<{status: number; body: string}> {
  const lease = await services.acquire('archive');
  try {
    return await get(`${lease.url}/documents/${encodeURIComponent(wanted.documentId)}`, wanted);
  } finally {
    lease.release();
  }
}

function get(url: string, {seconds, headers, signal}: Wanted): Promise<{status: number; body: string}> {
  const signals = [signal, AbortSignal.timeout(seconds * 1000 + longestStartMs)];
  const options = {
    headers: {...headers, prefer: `wait=${seconds}`},
    signal: AbortSignal.any(signals),
    // A connection that is about to be closed would be taken for an archive that knows nothing.
    agent: false,
  };
  return new Promise((resolve, reject) => {
    http
      .get(url, options, (answer) => {
        let body = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => {
          body += chunk;
        });
        answer.on('end', () => resolve({status: answer.statusCode ?? 502, body}));
        answer.on('error', reject);
      })
      .on('error', reject);
  });
}

function waitOf(request: IncomingMessage): number | undefined {
  return preferredWait(request.headers['prefer']);
}

/** A member of the document itself, and not of anything in it that a person wrote. */
function textMember(body: string, name: 'documentId' | 'status'): string | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof answer !== 'object' || answer === null) return undefined;
  const value: unknown = Reflect.get(answer, name);
  return typeof value === 'string' ? value : undefined;
}
