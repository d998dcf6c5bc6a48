import {Agent, request} from 'undici';
import {type CloudEvent, encodeBinary, eventAttributes, identity, inSpan, SpanKind, traceHeaders} from '#kit';
import {type Carrier, CarrierStopped, CarrierTimeout, type CarryOptions} from '../eventing/delivery.ts';
import type {Answer} from '../eventing/outcome.ts';
import type {Destination} from '../manifests/manifests.ts';
import {localAddresses} from './cluster-address.ts';
import type {Serving} from './serving.ts';

/** An answer is an event at most; a larger one is no answer. */
const largestAnswerBytes = 4 * 1024 * 1024;

/** As many as Go's client follows. */
const mostRedirects = 10;

/** Carries events to services, started if need be, and to addresses. */
export function openCarrier(serving: Serving, ownUrl: () => string): Carrier & {stop(): Promise<void>} {
  const underWay = new Set<AbortController>();
  let isStopped = false;
  const agent = new Agent({connections: 128, maxResponseSize: largestAnswerBytes});

  async function carry(url: string, event: CloudEvent, options: CarryOptions): Promise<Answer> {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), options.timeoutMs);
    underWay.add(controller);
    try {
      return await post(agent, url, outgoing(event, options), {...options, signal: controller.signal});
    } catch (error) {
      if (!controller.signal.aborted || isStopped) throw error;
      throw new CarrierTimeout(`did not answer within ${options.timeoutMs} ms`, {cause: error});
    } finally {
      clearTimeout(timer);
      underWay.delete(controller);
    }
  }

  async function toService(
    {namespace, name, path}: Extract<Destination, {kind: 'service'}>,
    event: CloudEvent,
    options: CarryOptions,
  ): Promise<Answer> {
    const lease = await serving.acquire(namespace, name);
    try {
      return await carry(`${lease.url}${path}`, event, options);
    } finally {
      lease.release();
    }
  }

  return {
    addressOf: (destination) => addressOf(destination, ownUrl()),
    async send(destination, event, options) {
      const address = addressOf(destination, ownUrl());
      const attributes = {...eventAttributes(identity(event)), 'messaging.destination.name': address};
      const span = {kind: SpanKind.PRODUCER, attributes, carrier: event.attributes};
      try {
        return await inSpan(`deliver ${event.attributes['type']}`, span, () =>
          destination.kind === 'service'
            ? toService(destination, event, options)
            : carry(address, event, options),
        );
      } catch (error) {
        if (isStopped) throw new CarrierStopped('DIP is stopping', {cause: error});
        throw error;
      }
    },
    async stop() {
      isStopped = true;
      for (const controller of underWay) controller.abort();
      await agent.destroy();
    },
  };
}

/** The address of a service is the one it has in a cluster: ports here come and go. */
function addressOf(destination: Destination, ownUrl: string): string {
  if (destination.kind === 'uri') return localAddresses(destination.uri, ownUrl);
  if (destination.kind === 'broker') return `${ownUrl}/${destination.namespace}/${destination.name}`;
  return `http://${destination.name}.${destination.namespace}.svc.cluster.local${destination.path}`;
}

interface Message {
  method: 'POST' | 'GET';
  headers: Record<string, string>;
  body: Buffer | null;
}

/** The headers are those of Knative's broker-filter: where it comes from, and `Prefer: reply` where one is welcome. */
function outgoing(event: CloudEvent, {namespace, wantsReply}: CarryOptions): Message {
  const {headers, body} = encodeBinary(event);
  headers['kn-namespace'] = namespace;
  if (wantsReply) headers['prefer'] = 'reply';
  return {method: 'POST', headers: Object.assign(headers, traceHeaders()), body};
}

async function post(
  agent: Agent,
  url: string,
  message: Message,
  options: {signal: AbortSignal; followsRedirects: boolean},
  redirects = 0,
): Promise<Answer> {
  const answer = await request(url, {
    ...message,
    dispatcher: agent,
    signal: options.signal,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const body = Buffer.from(await answer.body.arrayBuffer());
  const {statusCode: status, headers} = answer;
  const next = options.followsRedirects ? redirectOf(status, headers['location'], url) : undefined;
  if (next === undefined) return {status, headers, body};
  if (redirects === mostRedirects) throw new Error(`redirects more than ${mostRedirects} times`);
  return post(agent, next, status < 307 ? withoutBody(message) : message, options, redirects + 1);
}

/** Where a redirect leads; undefined when the answer is none. */
function redirectOf(
  status: number,
  location: string | string[] | undefined,
  url: string,
): string | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || typeof location !== 'string') return undefined;
  return URL.parse(location, url)?.href;
}

/** As Go's client does: what was posted is got from the new address. */
function withoutBody({headers}: Message): Message {
  const {'content-type': _type, 'content-length': _length, ...rest} = headers;
  return {method: 'GET', headers: rest, body: null};
}
