import type {IncomingMessage, Server, ServerResponse} from 'node:http';
import {createServer} from 'node:http';
import {enter, everybody, type People, Refusal, refuse, type Services} from '#gateway';
import {messageOf} from '#kit';
import {largestHeadBytes, type Sign} from '#kit/wire';
import type {Eventing} from '../eventing/eventing.ts';
import {ingress} from '../eventing/ingress.ts';
import type {Serving} from '../serving/serving.ts';
import {admission, type Target} from './admission.ts';
import {home} from './home.ts';
import {showsKey} from './own-key.ts';

/** What stands behind the one port. */
export interface Behind {
  eventing: Eventing;
  serving: Serving;
  /** Names under which we are reached besides localhost, such as the address listened on. */
  hosts: readonly string[];
  /** Who may do what. */
  people: People;
  /** Signs who asks, for our services. */
  sign: Sign;
  /** What our own services show in their path, who may do everything. (Default: there is no such key) */
  ownKey?: string;
}

/**
 * The one port: brokers under `/<namespace>/<broker>`, front doors under `/api/<service>/…`, and services by the
 * Host that Knative would route by. The same paths lead to the same places on a cluster, through the console.
 */
export function gateway(behind: Behind): Server {
  const limits = {keepAliveTimeout: 65_000, requestTimeout: 300_000, maxHeaderSize: largestHeadBytes};
  return createServer(limits, (request, response) => {
    handle(behind, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else
        refuse(
          request,
          response,
          error instanceof Refusal ? error : {status: 500, message: messageOf(error)},
        );
    });
  });
}

async function handle(given: Behind, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const isOwn = given.ownKey !== undefined && showsKey(request, given.ownKey);
  const behind = isOwn ? {...given, people: everybody} : given;
  const target = admission(behind, request);
  switch (target.kind) {
    case 'broker':
      await behind.people.admit(request, 'operate');
      return ingress(behind.eventing, request, response);
    case 'service':
      return toService(behind, target, request, response);
    case 'home':
      await behind.people.admit(request, 'submit');
      return home(behind, request.url ?? '/', response);
    case 'refused':
      throw new Refusal(target.status, target.sentence);
  }
}

async function toService(
  {serving, people, sign}: Behind,
  {namespace, door}: Extract<Target, {kind: 'service'}>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const services: Services = {
    has: (name) => serving.has(namespace, name),
    acquire: (name) => serving.acquire(namespace, name),
    warmBehind: (name) => serving.warmBehind(namespace, name),
  };
  const eventsGoTo = `post yours to /${namespace}/default`;
  return enter({services, people, sign, eventsGoTo}, door, {request, response});
}
