import type {IncomingMessage, ServerResponse} from 'node:http';
import {type CloudEvent, decode, messageOf, Reject, readBody} from '#kit';
import {encodeBinary, endWhenSent, largestEventBytes} from '#kit/wire';
import {JournalFailure} from '../journal/journal.ts';
import type {Eventing} from './eventing.ts';
import {takeHops} from './hops.ts';
import {checkAsKnative, firstOfEach} from './knative-strictness.ts';

/**
 * The brokers' door: `POST /<namespace>/<broker>` takes one event, binary or structured, and answers 202 when it is
 * on the disk. Statuses and their order are those of Knative's ingress (pkg/broker/ingress/ingress_handler.go), but
 * for a sentence in the body, 413 for an event over 1 MiB, and 503 when the journal can't be written. Who says
 * `Prefer: hearers` hears in `Hearers` which triggers get the event for its type (RFC 7240); Knative does not tell.
 */
export async function ingress(
  eventing: Eventing,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const admission = await admit(eventing, request);
  if (admission === undefined) {
    response.destroy();
    return;
  }
  const {status, sentence, hearers} = admission;
  if (status === 202) {
    if (hearers !== undefined) response.setHeaders(new Headers({'preference-applied': 'hearers', hearers}));
    response.writeHead(202, {allow: 'POST, OPTIONS', 'content-length': '0'}).end();
    return;
  }
  response.setHeader('Allow', 'POST, OPTIONS');
  if (status === 200) {
    response.setHeader('WebHook-Allowed-Origin', '*');
    response.setHeader('WebHook-Allowed-Rate', '*');
    response.writeHead(200, {'content-length': '0'}).end();
    return;
  }
  if (status === 503) response.setHeader('Retry-After', '5');
  response.writeHead(status, {'content-type': 'application/json; charset=utf-8'});
  response.write(`${JSON.stringify({error: sentence})}\n`);
  endWhenSent(request, response);
}

interface Admission {
  status: number;
  sentence?: string;
  /** Who gets the event for its type, where somebody asked. */
  hearers?: string;
}

/** Undefined: the client broke off, and nobody waits for an answer. */
async function admit(eventing: Eventing, request: IncomingMessage): Promise<Admission | undefined> {
  // Whatever is answered, the body is read: only then does every client see the answer.
  const body = await readBody(request, largestEventBytes);
  if (body === 'broken-off') return undefined;
  const {method, url = '/'} = request;
  if (method === 'OPTIONS') return {status: 200};
  if (method !== 'POST') return {status: 405, sentence: `A broker takes POST, got ${method}.`};
  if (url === '/') return {status: 404, sentence: `Events are posted to ${expectedPath}.`};
  const broker = brokerOf(url);
  if (broker === undefined)
    return {status: 400, sentence: `Expected the path ${expectedPath}, got ${url.slice(0, 120)}.`};
  if (body === 'too-large') {
    return {
      status: 413,
      sentence: `Expected an event of at most ${largestEventBytes} bytes. Put what is larger into a blob and name it in the event.`,
    };
  }
  return take(eventing, broker, request, body);
}

const expectedPath = '/<namespace>/<broker>, such as /dip/default';

async function take(
  eventing: Eventing,
  broker: {namespace: string; name: string},
  request: IncomingMessage,
  body: Buffer,
): Promise<Admission> {
  try {
    const headers = firstOfEach(request);
    const {event, hops} = takeHops(decode(headers, body));
    checkAsKnative(event, headers);
    checkAttributes(event);
    if (!eventing.has(broker.namespace, broker.name)) {
      return {
        status: 404,
        sentence: `There is no Broker ${broker.namespace}/${broker.name}. See the manifests in config/knative.`,
      };
    }
    if (hops <= 0)
      return {status: 400, sentence: 'The event went through 255 replies: it goes round in a circle.'};
    await eventing.accept(broker, event, hops);
    const isAsked = headers['prefer'] === 'hearers';
    return isAsked ? {status: 202, hearers: eventing.hearers(broker, event).join(', ')} : {status: 202};
  } catch (error) {
    if (error instanceof Reject) return {status: 400, sentence: error.message};
    if (error instanceof JournalFailure) return {status: 503, sentence: error.message};
    return {status: 500, sentence: messageOf(error)};
  }
}

/**
 * In bytes, of all attributes as headers. What brokers add on the way, and a dead letter's cause, have room besides in
 * the head that a service takes.
 */
const largestAttributesBytes = 256 * 1024;

/** Refuses what could not be handed on: attributes travel in the head of a request, percent-encoded. */
function checkAttributes(event: CloudEvent): void {
  const headers = Object.entries(encodeBinary(event).headers);
  const bytes = headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (bytes <= largestAttributesBytes) return;
  const sentence = `Expected attributes that take at most ${largestAttributesBytes} bytes as headers, got ${bytes}`;
  throw new Reject(`${sentence}. Put what is larger into the event's data.`);
}

function brokerOf(url: string): {namespace: string; name: string} | undefined {
  const [empty, namespace, name, rest, ...more] = url.split('/');
  if (empty !== '' || namespace === undefined || namespace === '' || name === undefined || name === '')
    return undefined;
  if ((rest !== undefined && rest !== '') || more.length > 0) return undefined;
  return {namespace, name};
}
