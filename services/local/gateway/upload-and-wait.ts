import http, {type IncomingMessage, type ServerResponse} from 'node:http';
import {messageOf, preferredWait} from '#kit';
import type {Serving} from '../serving/serving.ts';
import type {Target} from './admission.ts';
import {ask} from './forward.ts';
import {refuse} from './gateway.ts';

type ServiceTarget = Extract<Target, {kind: 'service'}>;

/** A document handed in by somebody who wants to see what becomes of it: `Prefer: wait=<seconds>` (RFC 7240 §4.3). */
export function isUpload({name, path}: ServiceTarget, request: IncomingMessage): boolean {
  return (
    request.method === 'POST' &&
    name === 'ingestion' &&
    path.split('?')[0] === '/documents' &&
    waitOf(request) !== undefined
  );
}

/**
 * Hands the document in and asks the archive how it stands, until it has ended or the time is over. Ingestion
 * itself never waits: what follows from a document is none of its business.
 */
export async function uploadAndWait(
  serving: Serving,
  serviceUrl: string,
  target: ServiceTarget,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let answer: Awaited<ReturnType<typeof ask>>;
  try {
    answer = await ask(serviceUrl, target.path, request);
  } catch (error) {
    return refuse(response, 502, `The service broke off: ${messageOf(error)}.`);
  }
  const documentId =
    answer.status === 202 ? textMember(answer.body.toString('utf8'), 'documentId') : undefined;
  if (documentId === undefined || !serving.has(target.namespace, 'archive')) {
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
    return;
  }
  await showDocument(
    {serving, namespace: target.namespace, documentId, seconds: waitOf(request) ?? 0},
    answer.body,
    response,
  );
}

async function showDocument(
  wanted: {serving: Serving; namespace: string; documentId: string; seconds: number},
  accepted: Buffer,
  response: ServerResponse,
): Promise<void> {
  const {serving, namespace, documentId, seconds} = wanted;
  // The document is in, whatever the archive says: its failure is no failure of the upload.
  const {status, body} = await askArchive(serving, namespace, {documentId, seconds}).catch(
    () => nothingKnown,
  );
  const isKnown = status === 200;
  const isEnded = isKnown && textMember(body, 'status') !== 'in-work';
  response.writeHead(isEnded ? 200 : 202, {
    'content-type': 'application/json; charset=utf-8',
    'preference-applied': `wait=${seconds}`,
  });
  response.end(isKnown ? body : accepted);
}

const nothingKnown = {status: 503, body: ''};

async function askArchive(
  serving: Serving,
  namespace: string,
  {documentId, seconds}: {documentId: string; seconds: number},
): Promise<{status: number; body: string}> {
  const lease = await serving.acquire(namespace, 'archive');
  try {
    return await get(`${lease.url}/documents/${documentId}`, seconds);
  } finally {
    lease.release();
  }
}

function get(url: string, seconds: number): Promise<{status: number; body: string}> {
  return new Promise((resolve, reject) => {
    http
      .get(url, {headers: {prefer: `wait=${seconds}`}}, (answer) => {
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
  const answer: unknown = JSON.parse(body);
  if (typeof answer !== 'object' || answer === null) return undefined;
  const value: unknown = Reflect.get(answer, name);
  return typeof value === 'string' ? value : undefined;
}
