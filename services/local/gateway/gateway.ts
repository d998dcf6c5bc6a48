import type {IncomingMessage, Server, ServerResponse} from 'node:http';
import {createServer} from 'node:http';
import {messageOf} from '#kit';
import type {Eventing} from '../eventing/eventing.ts';
import {ingress} from '../eventing/ingress.ts';
import type {Serving} from '../serving/serving.ts';
import {admission, type Target} from './admission.ts';
import {forward} from './forward.ts';
import {home} from './home.ts';
import {isUpload, uploadAndWait} from './upload-and-wait.ts';

/** What stands behind the one port. */
export interface Behind {
  eventing: Eventing;
  serving: Serving;
  /** Names under which we are reached besides localhost, such as the address listened on. */
  hosts: readonly string[];
}

/**
 * The one port: brokers under `/<namespace>/<broker>`, front doors under `/api/<service>/…`, and services by the
 * Host that Knative would route by. The same paths lead to the same places on a cluster, through the console.
 */
export function gateway(behind: Behind): Server {
  return createServer({keepAliveTimeout: 65_000, requestTimeout: 300_000}, (request, response) => {
    handle(behind, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else refuse(response, 500, messageOf(error));
    });
  });
}

async function handle(behind: Behind, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = admission(behind, request);
  switch (target.kind) {
    case 'broker':
      return ingress(behind.eventing, request, response);
    case 'service':
      return toService(behind, target, request, response);
    case 'home':
      return home(behind, response);
    case 'refused':
      request.resume();
      return refuse(response, target.status, target.sentence);
  }
}

async function toService(
  {serving}: Behind,
  target: Extract<Target, {kind: 'service'}>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let lease: Awaited<ReturnType<Serving['acquire']>>;
  try {
    if (request.method === 'POST') serving.warmBehind(target.namespace, target.name);
    lease = await serving.acquire(target.namespace, target.name);
  } catch (error) {
    request.resume();
    response.setHeader('Retry-After', '5');
    return refuse(response, 503, messageOf(error));
  }
  try {
    if (isUpload(target, request)) await uploadAndWait(serving, lease.url, target, request, response);
    else await forward(lease.url, target.path, request, response);
  } finally {
    lease.release();
  }
}

/** One sentence, as JSON, with its status. */
export function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {'content-type': 'application/json; charset=utf-8'});
  response.end(`${JSON.stringify({error: sentence})}\n`);
}
