import type {Agent} from 'undici';
import {attribute, type CloudEvent, messageOf} from '#kit';
import {encodeBinary, isOfMachine, largestHeadBytes, sending, traceContextOf, traceHeaders} from '#kit/wire';
import type {Destination} from '#manifests';
import {
  type Carrier,
  CarrierHeld,
  CarrierStopped,
  CarrierTimeout,
  type CarryOptions,
} from '../eventing/carrier.ts';
import type {Answer} from '../eventing/outcome.ts';
import {localAddresses} from './cluster-address.ts';
import {type Message, NoAnswerInTime, post} from './post.ts';
import {NotStarted} from './revision.ts';
import type {Serving} from './serving.ts';

/** An answer is an event at most; a larger one is no answer. */
const largestAnswerBytes = 4 * 1024 * 1024;

/** As many as Go's client follows. */
const mostRedirects = 10;

/** A carrier with what it takes to end it, and to have it load before its first delivery what it needs. */
export interface RunningCarrier extends Carrier {
  load(): Promise<void>;
  stop(): Promise<void>;
}

/** Carries events to services, started if need be, and to addresses. */
export function openCarrier(serving: Serving, ownUrl: () => string): RunningCarrier {
  let isStopped = false;
  let agent: Promise<Agent> | undefined;

  async function carry(url: string, event: CloudEvent, options: CarryOptions): Promise<Answer> {
    const until = performance.now() + options.timeoutMs;
    agent ??= openAgent();
    const dispatcher = await agent;
    let target = url;
    let message = outgoing(event, options);
    for (let redirects = 0; ; redirects++) {
      const timeoutMs = redirects === 0 ? options.timeoutMs : until - performance.now();
      const answer = await post(dispatcher, target, {message, timeoutMs});
      const next = options.followsRedirects ? redirectOf(answer, target) : undefined;
      if (next === undefined) return answer;
      if (redirects === mostRedirects) throw new Error(`redirects more than ${mostRedirects} times`);
      target = next;
      if (answer.status < 307) message = withoutBody(message);
    }
  }

  async function toService(
    {namespace, name, path}: Extract<Destination, {kind: 'service'}>,
    event: CloudEvent,
    options: CarryOptions,
  ): Promise<Answer> {
    const lease = await serving.acquire(namespace, name, {isPatient: true});
    try {
      return await carry(`${lease.url}${path}`, event, options);
    } finally {
      lease.release();
    }
  }

  return {
    addressOf: (destination) => addressOf(destination, forPeople(ownUrl())),
    async send(destination, event, options) {
      const address = addressOf(destination, ownUrl());
      const sent = {
        operation: 'deliver' as const,
        destination:
          destination.kind === 'service' ? destination.name : addressOf(destination, forPeople(ownUrl())),
        subscription: options.trigger,
        event,
        parent: traceContextOf(attribute(event, 'traceparent'), attribute(event, 'tracestate')),
      };
      try {
        return await sending(sent, () =>
          destination.kind === 'service'
            ? toService(destination, event, options)
            : carry(address, event, options),
        );
      } catch (error) {
        if (isStopped) throw new CarrierStopped('DIP is stopping', {cause: error});
        if (error instanceof NoAnswerInTime) throw new CarrierTimeout(error.message, {cause: error});
        throw heldBy(error);
      }
    },
    async load() {
      agent ??= openAgent();
      await agent;
    },
    async stop() {
      isStopped = true;
      await (await agent)?.destroy();
    },
  };
}

/** What keeps an event here is no attempt at its subscriber. Anything else stays as it is. */
function heldBy(error: unknown): unknown {
  const cause = {cause: error};
  if (error instanceof NotStarted)
    return new CarrierHeld(error.message, {...cause, afterMs: error.afterMs, isSaid: true});
  if (!isOfMachine(error)) return error;
  const message = `can't be reached from here now: ${messageOf(error)}`;
  return new CarrierHeld(message, {...cause, afterMs: 5_000, isSaid: false});
}

/** Loaded with the first delivery: until there is one, it would only take memory and time from the start. */
async function openAgent(): Promise<Agent> {
  const {Agent} = await import('undici');
  return new Agent({connections: 128, maxResponseSize: largestAnswerBytes, maxHeaderSize: largestHeadBytes});
}

/** The address of a service is the one it has in a cluster: ports here come and go. */
function addressOf(destination: Destination, ownUrl: string): string {
  if (destination.kind === 'uri') return localAddresses(destination.uri, ownUrl);
  if (destination.kind === 'broker') return `${ownUrl}/${destination.namespace}/${destination.name}`;
  return `http://${destination.name}.${destination.namespace}.svc.cluster.local${destination.path}`;
}

/** Our own address without its path, which may hold a key: what is told of it is kept in dead letters and traces. */
function forPeople(ownUrl: string): string {
  return URL.parse(ownUrl)?.origin ?? ownUrl;
}

/** The headers are those of Knative's broker-filter: where it comes from, and `Prefer: reply` where one is welcome. */
function outgoing(event: CloudEvent, {namespace, wantsReply, arrivedAt}: CarryOptions): Message {
  const {headers, body} = encodeBinary(event);
  headers['kn-namespace'] = namespace;
  if (wantsReply) headers['prefer'] = 'reply';
  if (arrivedAt !== undefined) headers['ce-knativearrivaltime'] = timestamp(arrivedAt);
  return {method: 'POST', headers: Object.assign(headers, traceHeaders()), body};
}

/** Many events come in within one millisecond. */
let lastTimestamp = {ms: 0, text: ''};

function timestamp(ms: number): string {
  if (lastTimestamp.ms !== ms) lastTimestamp = {ms, text: new Date(ms).toISOString()};
  return lastTimestamp.text;
}

/** Where a redirect leads; undefined when the answer is none. */
function redirectOf({status, headers: {location}}: Answer, url: string): string | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined;
  return URL.parse(location, url)?.href;
}

/** As Go's client does: what was posted is got from the new address. */
function withoutBody({headers}: Message): Message {
  const {'content-type': _type, 'content-length': _length, ...rest} = headers;
  return {method: 'GET', headers: rest, body: null};
}
