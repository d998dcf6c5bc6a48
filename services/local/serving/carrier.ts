import {Agent, request} from 'undici';
import {type CloudEvent, encodeBinary, eventAttributes, identity, inSpan, SpanKind, traceHeaders} from '#kit';
import {type Carrier, CarrierTimeout} from '../eventing/delivery.ts';
import type {Answer} from '../eventing/outcome.ts';
import type {Destination} from '../manifests/manifests.ts';
import {localAddresses} from './cluster-address.ts';
import type {Serving} from './serving.ts';

/** An answer is an event at most; a larger one is no answer. */
const largestAnswerBytes = 4 * 1024 * 1024;

/** Carries events to services, started if need be, and to addresses. */
export function openCarrier(serving: Serving, ownUrl: () => string): Carrier & {close(): Promise<void>} {
  const agent = new Agent({connections: 128, maxResponseSize: largestAnswerBytes});
  return {
    addressOf: (destination) => addressOf(destination, ownUrl()),
    async send(destination, event, {namespace, timeoutMs}) {
      const attributes = {
        ...eventAttributes(identity(event)),
        'messaging.destination.name': addressOf(destination, ownUrl()),
      };
      return inSpan(
        `deliver ${identity(event).type}`,
        {kind: SpanKind.PRODUCER, attributes, carrier: event.attributes},
        async () => {
          if (destination.kind !== 'service')
            return post(agent, addressOf(destination, ownUrl()), event, {namespace, timeoutMs});
          const lease = await serving.acquire(destination.namespace, destination.name);
          try {
            return await post(agent, `${lease.url}${destination.path}`, event, {namespace, timeoutMs});
          } finally {
            lease.release();
          }
        },
      );
    },
    close: () => agent.close(),
  };
}

/** The address of a service is the one it has in a cluster: ports here come and go. */
function addressOf(destination: Destination, ownUrl: string): string {
  if (destination.kind === 'uri') return localAddresses(destination.uri, ownUrl);
  if (destination.kind === 'broker') return `${ownUrl}/${destination.namespace}/${destination.name}`;
  return `http://${destination.name}.${destination.namespace}.svc.cluster.local${destination.path}`;
}

/** The headers are those of Knative's broker-filter: `Prefer: reply`, as a reply is welcome, and where it comes from. */
async function post(
  agent: Agent,
  url: string,
  event: CloudEvent,
  {namespace, timeoutMs}: {namespace: string; timeoutMs: number},
): Promise<Answer> {
  const message = encodeBinary(event);
  const headers = {...message.headers, prefer: 'reply', 'kn-namespace': namespace, ...traceHeaders()};
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await request(url, {
      method: 'POST',
      headers,
      body: message.body,
      dispatcher: agent,
      signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: Buffer.from(await answer.body.arrayBuffer()),
    };
  } catch (error) {
    if (signal.aborted) throw new CarrierTimeout(`did not answer within ${timeoutMs} ms`, {cause: error});
    throw error;
  }
}
