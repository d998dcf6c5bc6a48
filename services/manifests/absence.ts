/**
 * How long Kafka may be away before a dispatcher gives an event up. An answer that no Broker takes is tried as often as
 * an event that no subscriber takes; then the event itself is handed to the dead-letter sink, as often again. What that
 * doesn't take either is committed all the same: neither answer nor dead letter, and nobody tries again.
 */
import {backoffMs} from './backoff.ts';
import type {Broker, Delivery} from './manifests.ts';

/** Milliseconds that Kafka may be away, from the moment at which a service has answered. */
export interface Absence {
  /** While the receivers hang on to each attempt until its timeout, as they do when only Kafka is away. */
  readonly whileReceiversWaitMs: number;
  /** While each attempt is refused at once, as when the receivers are away too. */
  readonly whileRefusedMs: number;
}

/** What a delivery outlasts on its way; without a dead-letter sink the answer alone is tried. */
export function absenceOutlasted(delivery: Delivery, broker: Pick<Broker, 'class' | 'channel'>): Absence {
  const {timeoutMs, retry, deadLetterSink} = delivery;
  const refusedMs = waitsOf(delivery, broker).reduce((sum, wait) => sum + wait, 0);
  const leg = {
    whileReceiversWaitMs: refusedMs + (retry + 1) * (timeoutMs ?? unsaidTimeoutMs),
    whileRefusedMs: refusedMs,
  };
  const reply = broker.class === 'Kafka' ? producing : leg;
  if (deadLetterSink === null) return reply;
  return {
    whileReceiversWaitMs: reply.whileReceiversWaitMs + leg.whileReceiversWaitMs,
    whileRefusedMs: reply.whileRefusedMs + leg.whileRefusedMs,
  };
}

/** The waits between attempts, in milliseconds. */
export function waitsOf(
  {retry, backoffPolicy: policy, backoffDelayMs: delayMs}: Delivery,
  {channel}: Pick<Broker, 'channel'>,
): number[] {
  const countsFrom = channel === 'InMemoryChannel' ? 0 : 1;
  return Array.from({length: retry}, (_, index) => backoffMs(index + 1, {policy, delayMs, countsFrom}));
}

/**
 * Class Kafka writes an answer into Kafka itself and never tries that again: its producer gives up after
 * `delivery.timeout.ms`, or after `max.block.ms` where it knows nothing of the topic yet; both as Knative ships them.
 */
const producing: Absence = {whileReceiversWaitMs: 120_000, whileRefusedMs: 60_000};

/** What Kafka's dispatchers wait for an answer where nobody says. */
const unsaidTimeoutMs = 600_000;
