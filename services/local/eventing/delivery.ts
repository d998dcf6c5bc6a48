import {attribute, type CloudEvent, messageOf} from '#kit';
import type {Journal} from '../journal/journal.ts';
import type {Settlement} from '../journal/record.ts';
import type {Broker, Destination, Trigger} from '../manifests/manifests.ts';
import {backoffMs} from './backoff.ts';
import type {Clock} from './clock.ts';
import {deadLetterOf} from './dead-letter.ts';
import {
  type Answer,
  type Failure,
  hopsAttribute,
  hopsLeft,
  type Outcome,
  outcomeOf,
  outcomeOfError,
} from './outcome.ts';
import type {Attempted, Pending} from './trigger-queue.ts';

/** Takes a message to where a trigger points. */
export interface Carrier {
  /** @throws CarrierTimeout when no answer came in time, another Error when the connection failed. */
  send(
    destination: Destination,
    event: CloudEvent,
    options: {namespace: string; timeoutMs: number},
  ): Promise<Answer>;
  /** The address of a destination, for people and dead letters. */
  addressOf(destination: Destination): string;
}

/** No answer came in time. */
export class CarrierTimeout extends Error {
  override readonly name = 'CarrierTimeout';
}

/** What deliveries need of the broker they belong to. */
export interface DeliveryContext {
  journal: Journal;
  carrier: Carrier;
  clock: Clock;
  /** Keeps an event for a broker and hands it to its triggers. */
  accept(broker: {namespace: string; name: string}, event: CloudEvent): Promise<void>;
  /** Told of what a person should know: an event that was given up. */
  warn(sentence: string): void;
}

/** A subscriber that sets no time gets what Kafka's dispatcher gives it. */
const defaultTimeoutMs = 600_000;

/**
 * How one trigger delivers: attempts with back-off, the reply back into the broker, and at last the dead-letter
 * sink. The event stays in the journal whatever happens.
 */
export function deliveryOf(
  trigger: Trigger,
  broker: Broker,
  context: DeliveryContext,
): (pending: Pending) => Promise<Attempted> {
  const delivery: Delivering = {...context, trigger, broker, name: `${trigger.namespace}/${trigger.name}`};
  return async (pending) => {
    try {
      const event = await context.journal.read(pending.kept);
      const {failure} = pending;
      if (failure === null) return await toSubscriber(delivery, pending, event);
      return await toDeadLetters(delivery, pending, event, failure);
    } catch (error) {
      // Nothing the subscriber did: the journal or our own code. The event is kept, and tried again a while later.
      context.warn(
        `Trigger ${delivery.name} could not handle event ${pending.kept.offset} of the journal: ${messageOf(error)}`,
      );
      return {again: true, afterMs: 5_000};
    }
  };
}

interface Delivering extends DeliveryContext {
  trigger: Trigger;
  broker: Broker;
  name: string;
}

async function toSubscriber(delivering: Delivering, pending: Pending, event: CloudEvent): Promise<Attempted> {
  const {trigger} = delivering;
  const {retry} = trigger.delivery;
  const outcome = await deliver(delivering, trigger.subscriber, withoutHops(event));
  if (outcome.kind === 'delivered') {
    await acceptReply(delivering, event, outcome.reply);
    return settle(delivering, pending, 'delivered', outcome.status);
  }
  pending.attempts++;
  if (outcome.kind === 'retry' && pending.attempts <= retry) return again(delivering, pending, outcome);
  return giveUp(delivering, pending, event, outcome);
}

async function acceptReply(
  {accept, trigger, warn, name}: Delivering,
  event: CloudEvent,
  reply: CloudEvent | null,
): Promise<void> {
  if (reply === null) return;
  const hops = hopsLeft(event) - 1;
  if (hops <= 0) {
    warn(
      `Trigger ${name} answered event ${attribute(event, 'id')} after 255 hops: its reply goes round in a circle and is dropped.`,
    );
    return;
  }
  const attributes = {...reply.attributes, [hopsAttribute]: hops};
  await accept({namespace: trigger.namespace, name: trigger.broker}, {attributes, data: reply.data});
}

async function giveUp(
  delivering: Delivering,
  pending: Pending,
  event: CloudEvent,
  failure: Failure,
): Promise<Attempted> {
  const {trigger, carrier, warn, name} = delivering;
  const sink = trigger.delivery.deadLetterSink;
  const what = `Trigger ${name} gave up event ${attribute(event, 'id')} (${attribute(event, 'type')}) after ${pending.attempts} attempts: ${carrier.addressOf(trigger.subscriber)} ${failure.message}`;
  if (sink === null) {
    warn(`${what}. It has no dead-letter sink, so the event is only in the journal.`);
    return settle(delivering, pending, 'dropped', failure.code);
  }
  warn(what);
  pending.failure = failure;
  pending.attempts = 0;
  return toDeadLetters(delivering, pending, event, failure);
}

async function toDeadLetters(
  delivering: Delivering,
  pending: Pending,
  event: CloudEvent,
  failure: Failure,
): Promise<Attempted> {
  const {trigger, carrier, accept, warn, name} = delivering;
  const {deadLetterSink: sink, retry} = trigger.delivery;
  if (sink === null) return settle(delivering, pending, 'dropped');
  const destined = {
    namespace: trigger.namespace,
    trigger: trigger.name,
    subscriber: carrier.addressOf(trigger.subscriber),
  };
  const letter = deadLetterOf(withoutHops(event), destined, failure);
  if (sink.kind === 'broker') {
    await accept(sink, letter);
    return settle(delivering, pending, 'dead-lettered', failure.code);
  }
  const outcome = await deliver(delivering, sink, letter);
  if (outcome.kind === 'delivered') return settle(delivering, pending, 'dead-lettered', failure.code);
  pending.attempts++;
  if (outcome.kind === 'retry' && pending.attempts <= retry) return again(delivering, pending, outcome);
  warn(
    `Trigger ${name}: the dead-letter sink ${carrier.addressOf(sink)} ${outcome.message}; event ${attribute(event, 'id')} is only in the journal.`,
  );
  return settle(delivering, pending, 'undeliverable', outcome.code);
}

async function deliver(
  {carrier, trigger}: Delivering,
  destination: Destination,
  event: CloudEvent,
): Promise<Outcome> {
  const timeoutMs = trigger.delivery.timeoutMs ?? defaultTimeoutMs;
  try {
    return outcomeOf(await carrier.send(destination, event, {namespace: trigger.namespace, timeoutMs}));
  } catch (error) {
    return outcomeOfError(error, error instanceof CarrierTimeout);
  }
}

function again(
  {journal, clock, trigger, broker, name}: Delivering,
  pending: Pending,
  {code, message}: Failure,
): Attempted {
  const status = code === undefined ? {} : {status: code};
  const error = message.slice(0, 300);
  const {offset} = pending.kept;
  journal.note({
    kind: 'attempt',
    trigger: name,
    offset,
    attempt: pending.attempts,
    at: clock.now(),
    ...status,
    error,
  });
  const {backoffPolicy: policy, backoffDelayMs: delayMs} = trigger.delivery;
  const countsFrom = broker.channel === 'InMemoryChannel' ? 0 : 1;
  return {again: true, afterMs: backoffMs(pending.attempts, {policy, delayMs, countsFrom})};
}

function settle(
  {journal, clock, name}: Delivering,
  pending: Pending,
  settlement: Settlement,
  code?: number,
): Attempted {
  const status = code === undefined ? {} : {status: code};
  const {offset} = pending.kept;
  journal.note({
    kind: 'settled',
    trigger: name,
    offset,
    settlement,
    attempts: pending.attempts + 1,
    at: clock.now(),
    ...status,
  });
  return {again: false};
}

/** The hops are the broker's own business: subscribers don't see them. */
function withoutHops(event: CloudEvent): CloudEvent {
  if (event.attributes[hopsAttribute] === undefined) return event;
  const {[hopsAttribute]: _hops, ...attributes} = event.attributes;
  return {attributes, data: event.data};
}
