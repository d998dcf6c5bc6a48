import {attribute, type CloudEvent, messageOf} from '#kit';
import {type Broker, backoffMs, type Destination, type Trigger} from '#manifests';
import {type Journal, JournalFailure} from '../journal/journal.ts';
import type {EventRecord, Settlement} from '../journal/record.ts';
import {type Carrier, CarrierHeld, CarrierStopped, CarrierTimeout} from './carrier.ts';
import type {Clock} from './clock.ts';
import {deadLetterOf} from './dead-letter.ts';
import {type Engine, engineOf} from './engine.ts';
import type {HeldEvents} from './held-events.ts';
import {hopsAttribute} from './hops.ts';
import {
  type Failure,
  type Held,
  type Outcome,
  outcomeOf,
  outcomeOfError,
  outcomeOfService,
} from './outcome.ts';
import {writtenFailure} from './recovery.ts';
import type {Attempted, Pending} from './trigger-queue.ts';

/** What deliveries need of the broker they belong to. */
export interface DeliveryContext {
  journal: Journal;
  carrier: Carrier;
  clock: Clock;
  /**
   * Keeps an event for a broker and hands it to its triggers. False: there is no such broker, or no hops are left.
   *
   * @throws JournalFailure when it can't be kept.
   */
  pass(broker: {namespace: string; name: string}, event: CloudEvent, hops: number): Promise<boolean>;
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
  context: DeliveryContext & {held: HeldEvents},
): (pending: Pending) => Promise<Attempted> {
  const name = `${trigger.namespace}/${trigger.name}`;
  const delivering: Delivering = {...context, trigger, broker, engine: engineOf(broker), name};
  return async (pending) => {
    try {
      const record = await context.journal.read(pending.kept);
      const {failure} = pending;
      if (failure === null) return await toSubscriber(delivering, pending, record);
      return await toDeadLetters(delivering, pending, {record, failure});
    } catch (error) {
      if (error instanceof CarrierStopped) return {again: true, afterMs: 0};
      if (error instanceof JournalFailure) return hold(delivering, pending, noRoom(error));
      // Nothing the subscriber did: the journal or our own code. The event is kept, and tried again a while later.
      const {offset} = pending.kept;
      context.warn(`Trigger ${name} could not handle event ${offset} of the journal: ${messageOf(error)}`);
      return {again: true, afterMs: 5_000};
    }
  };
}

interface Delivering extends DeliveryContext {
  held: HeldEvents;
  trigger: Trigger;
  broker: Broker;
  engine: Engine;
  name: string;
}

async function toSubscriber(
  delivering: Delivering,
  pending: Pending,
  record: EventRecord,
): Promise<Attempted> {
  const {trigger} = delivering;
  let outcome: Outcome | Held = await deliver(delivering, trigger.subscriber, record, record.event);
  if (outcome.kind === 'delivered' && outcome.reply !== null)
    outcome = await passReply(delivering, record, outcome.reply);
  if (outcome.kind === 'held') return hold(delivering, pending, outcome, record);
  if (outcome.kind === 'delivered') return settle(delivering, pending, 'delivered', outcome.status);
  pending.attempts++;
  if (outcome.kind === 'retry' && pending.attempts <= trigger.delivery.retry)
    return again(delivering, pending, outcome);
  return giveUp(delivering, pending, {record, failure: outcome});
}

async function passReply(
  {pass, trigger}: Delivering,
  {hops}: EventRecord,
  reply: CloudEvent,
): Promise<Outcome> {
  const {[hopsAttribute]: _hops, ...attributes} = reply.attributes;
  const broker = {namespace: trigger.namespace, name: trigger.broker};
  if (await pass(broker, {attributes, data: reply.data}, hops - 1))
    return {kind: 'delivered', reply, status: 200};
  const message = 'answered with a reply after 255 others: it goes round in a circle';
  return {kind: 'failed', cause: 'reply', status: 400, body: Buffer.alloc(0), message};
}

async function giveUp(delivering: Delivering, pending: Pending, given: GivenUp): Promise<Attempted> {
  const {trigger, carrier, warn, name, journal, clock} = delivering;
  const {record, failure} = given;
  const event = `event ${attribute(record.event, 'id')} (${attribute(record.event, 'type')})`;
  const what = `Trigger ${name} gave up ${event} after ${attemptsOf(pending)}: ${carrier.addressOf(trigger.subscriber)} ${failure.message}`;
  if (trigger.delivery.deadLetterSink === null) {
    warn(`${what}. It has no dead-letter sink, so the event is only in the journal.`);
    return settle(delivering, pending, 'dropped', failure.status);
  }
  warn(what);
  pending.failure = failure;
  pending.attempts = 0;
  const {offset} = pending.kept;
  journal.note({kind: 'given-up', trigger: name, offset, at: clock.now(), failure: writtenFailure(failure)});
  return toDeadLetters(delivering, pending, given);
}

interface GivenUp {
  record: EventRecord;
  failure: Failure;
}

async function toDeadLetters(delivering: Delivering, pending: Pending, given: GivenUp): Promise<Attempted> {
  const {trigger, carrier, warn, name} = delivering;
  const {deadLetterSink: sink, retry} = trigger.delivery;
  const {record, failure} = given;
  if (sink === null) return settle(delivering, pending, 'dropped', failure.status);
  const outcome = await deliver(delivering, sink, record, letterOf(delivering, given));
  if (outcome.kind === 'held') return hold(delivering, pending, outcome, record);
  if (outcome.kind === 'delivered') return settle(delivering, pending, 'dead-lettered', failure.status);
  pending.attempts++;
  if (outcome.kind === 'retry') {
    const attempted = again(delivering, pending, outcome);
    // Knative would give the event up here, and nobody would ever hear of it: it is tried for as long as it takes.
    return pending.attempts <= retry ? attempted : {again: true, afterMs: restMs};
  }
  warn(
    `Trigger ${name}: the dead-letter sink ${carrier.addressOf(sink)} ${outcome.message}; event ${attribute(record.event, 'id')} is only in the journal.`,
  );
  return settle(delivering, pending, 'undeliverable', outcome.status);
}

/** Between attempts at a dead-letter sink that has been away for longer than all of Knative's. */
const restMs = 60_000;

function letterOf(delivering: Delivering, {record, failure}: GivenUp): CloudEvent {
  const {trigger, broker, carrier, engine} = delivering;
  const destined = {
    namespace: trigger.namespace,
    trigger: trigger.name,
    subscriber: carrier.addressOf(trigger.subscriber),
    broker: carrier.addressOf({kind: 'broker', namespace: broker.namespace, name: broker.name}),
  };
  const letter = deadLetterOf(record.event, destined, {failure, engine});
  if (engine === 'kafka') return letter;
  return {attributes: {...letter.attributes, [hopsAttribute]: record.hops}, data: letter.data};
}

async function deliver(
  delivering: Delivering,
  destination: Destination,
  record: EventRecord,
  event: CloudEvent,
): Promise<Outcome | Held> {
  const {carrier, trigger, engine} = delivering;
  if (destination.kind === 'broker') return toBroker(delivering, destination, record, event);
  const options = {
    namespace: trigger.namespace,
    trigger: trigger.name,
    timeoutMs: trigger.delivery.timeoutMs ?? defaultTimeoutMs,
    wantsReply: destination === trigger.subscriber || engine !== 'mt-inmemory',
    followsRedirects: engine !== 'kafka',
    arrivedAt: engine === 'kafka' ? undefined : record.acceptedAt,
  };
  const read = destination.kind === 'service' ? outcomeOfService : outcomeOf;
  try {
    return read(await carrier.send(destination, event, options), engine);
  } catch (error) {
    if (error instanceof CarrierStopped) throw error;
    if (error instanceof CarrierHeld) return heldBy(error);
    return outcomeOfError(error, error instanceof CarrierTimeout ? 'timeout' : 'no-answer');
  }
}

/** From broker to broker there is no need for HTTP, and the hops go on counting. */
async function toBroker(
  {pass}: Delivering,
  destination: {namespace: string; name: string},
  {hops}: EventRecord,
  event: CloudEvent,
): Promise<Outcome> {
  const {[hopsAttribute]: _hops, ...attributes} = event.attributes;
  if (await pass(destination, {attributes, data: event.data}, hops - 1))
    return {kind: 'delivered', reply: null, status: 202};
  const message = 'is no broker of these manifests, or the event went through 255 of them';
  return {kind: 'failed', cause: 'status', status: 404, body: Buffer.alloc(0), message};
}

/** Nothing is put down of it: it is where it was. */
function hold({held, clock}: Delivering, {kept}: Pending, why: Held, record?: EventRecord): Attempted {
  const subject = record === undefined ? undefined : attribute(record.event, 'subject');
  held.hold(kept.offset, {subject, at: clock.now(), ...why});
  return {again: true, afterMs: why.afterMs};
}

function heldBy({message, afterMs, isSaid}: CarrierHeld): Held {
  return {kind: 'held', message, afterMs, isSaid};
}

/** What was to follow from the event can't be kept. */
function noRoom({message}: JournalFailure): Held {
  return {kind: 'held', message, afterMs: 5_000, isSaid: false};
}

function again(delivering: Delivering, pending: Pending, {status, message}: Failure): Attempted {
  const {journal, clock, trigger, engine, name, held} = delivering;
  held.letGo(pending.kept.offset);
  journal.note({
    kind: 'attempt',
    trigger: name,
    offset: pending.kept.offset,
    attempt: pending.attempts,
    at: clock.now(),
    ...(status === undefined ? {} : {status}),
    error: message.slice(0, 300),
  });
  const {backoffPolicy: policy, backoffDelayMs: delayMs} = trigger.delivery;
  const countsFrom = engine === 'mt-inmemory' ? 0 : 1;
  return {again: true, afterMs: backoffMs(pending.attempts, {policy, delayMs, countsFrom})};
}

function settle(
  {journal, clock, name, held}: Delivering,
  pending: Pending,
  settlement: Settlement,
  status?: number,
): Attempted {
  journal.note({
    kind: 'settled',
    trigger: name,
    offset: pending.kept.offset,
    settlement,
    attempts: pending.attempts + 1,
    at: clock.now(),
    ...(status === undefined ? {} : {status}),
  });
  journal.release(pending.kept);
  held.letGo(pending.kept.offset);
  return {again: false};
}

function attemptsOf({attempts}: Pending): string {
  return attempts === 1 ? '1 attempt' : `${attempts} attempts`;
}
