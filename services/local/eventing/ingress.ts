import type {IncomingMessage, ServerResponse} from 'node:http';
import {decode, largestEventBytes, messageOf, Reject, readBody} from '#kit';
import {JournalFailure} from '../journal/journal.ts';
import type {Eventing} from './eventing.ts';
import {hopsAttribute, hopsLeft} from './outcome.ts';

/**
 * The brokers' door: `POST /<namespace>/<broker>` takes one event, binary or structured, and answers 202 when it is
 * on the disk. Statuses and their order are those of Knative's ingress (pkg/broker/ingress/ingress_handler.go), but
 * for a sentence in the body, 413 for an event over 1 MiB, and 503 when the journal can't be written.
 */
export async function ingress(
  eventing: Eventing,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const {status, sentence} = await admit(eventing, request);
  response.setHeader('Allow', 'POST, OPTIONS');
  if (request.method === 'OPTIONS') {
    response.setHeader('WebHook-Allowed-Origin', '*');
    response.setHeader('WebHook-Allowed-Rate', '*');
  }
  if (sentence === undefined) {
    response.writeHead(status, {'content-length': '0'}).end();
    return;
  }
  if (status === 503) response.setHeader('Retry-After', '5');
  response.writeHead(status, {'content-type': 'application/json; charset=utf-8'});
  response.end(`${JSON.stringify({error: sentence})}\n`);
}

interface Admission {
  status: number;
  sentence?: string;
}

async function admit(eventing: Eventing, request: IncomingMessage): Promise<Admission> {
  if (request.method === 'OPTIONS') return {status: 200};
  if (request.method !== 'POST')
    return {status: 405, sentence: `A broker takes POST, got ${request.method}.`};
  const broker = brokerOf(request.url ?? '/');
  if (broker === undefined) {
    return {
      status: 400,
      sentence: `Expected the path /<namespace>/<broker>, such as /dip/default, got ${request.url?.slice(0, 120)}.`,
    };
  }
  const body = await readBody(request, largestEventBytes);
  if (body === undefined) {
    request.resume();
    return {
      status: 413,
      sentence: `Expected an event of at most ${largestEventBytes} bytes. Put what is larger into a blob and name it in the event.`,
    };
  }
  return take(eventing, broker, request, body);
}

async function take(
  eventing: Eventing,
  broker: {namespace: string; name: string},
  request: IncomingMessage,
  body: Buffer,
): Promise<Admission> {
  try {
    const event = decode(request.headers, body);
    if (!eventing.has(broker.namespace, broker.name)) {
      return {
        status: 404,
        sentence: `There is no Broker ${broker.namespace}/${broker.name}. See the manifests in config/knative.`,
      };
    }
    if (event.attributes[hopsAttribute] !== undefined && hopsLeft(event) <= 1) {
      return {status: 400, sentence: 'The event went through 255 replies: it goes round in a circle.'};
    }
    await eventing.accept(broker, event);
    return {status: 202};
  } catch (error) {
    if (error instanceof Reject) return {status: 400, sentence: error.message};
    if (error instanceof JournalFailure) return {status: 503, sentence: error.message};
    return {status: 500, sentence: messageOf(error)};
  }
}

function brokerOf(url: string): {namespace: string; name: string} | undefined {
  const [empty, namespace, name, rest, ...more] = url.split('/');
  if (empty !== '' || namespace === undefined || namespace === '' || name === undefined || name === '')
    return undefined;
  if ((rest !== undefined && rest !== '') || more.length > 0) return undefined;
  return {namespace, name};
}
