import type {Attributes, Counter, Histogram, Meter, UpDownCounter} from '@opentelemetry/api';
import type {CloudEvent} from '../cloudevent.ts';
import {countedType, operationAttributes} from './attributes.ts';

/** What became of an event that was delivered here. */
export type HandlingOutcome = 'replied' | 'handled' | 'repeated' | 'rejected' | 'deferred' | 'failed';

interface Instruments {
  meter: Meter;
  consumed: Counter;
  processing: Histogram;
  sent: Counter;
  sending: Histogram;
  inFlight: UpDownCounter;
}

/** Undefined: no metrics are sent. */
let instruments: Instruments | undefined;

/** Measures from now on, until the result is called. */
export function beginMeasuring({metrics}: typeof import('@opentelemetry/api')): () => void {
  const meter = metrics.getMeter('dip');
  const seconds = {unit: 's', advice: {explicitBucketBoundaries}};
  instruments = {
    meter,
    consumed: meter.createCounter('messaging.client.consumed.messages', {
      description: 'Number of messages that were delivered to the application.',
      unit: '{message}',
    }),
    processing: meter.createHistogram('messaging.process.duration', {
      description: 'Duration of processing operation.',
      ...seconds,
    }),
    sent: meter.createCounter('messaging.client.sent.messages', {
      description: 'Number of messages producer attempted to send to the broker.',
      unit: '{message}',
    }),
    sending: meter.createHistogram('messaging.client.operation.duration', {
      description: 'Duration of messaging operation initiated by a producer or consumer client.',
      ...seconds,
    }),
    inFlight: meter.createUpDownCounter('dip.events.in_flight', {
      description: 'Number of events that are being handled now.',
      unit: '{event}',
    }),
  };
  return () => {
    instruments = undefined;
  };
}

/** As the messaging conventions give them, in seconds. */
const explicitBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** What the conventions call an error; a repeat or an event with no reply is none. */
const faults: readonly string[] = ['rejected', 'deferred', 'failed'];

/** Counts an event that came in. The result is told what became of it, once. */
export function eventBegan(service: string, event: CloudEvent): (outcome: HandlingOutcome) => void {
  if (instruments === undefined) return nobody;
  const {consumed, processing, inFlight} = instruments;
  const start = performance.now();
  const common = operationAttributes('receive', service);
  inFlight.add(1, {'messaging.destination.name': service});
  return (outcome) => {
    const error = faults.includes(outcome) ? {'error.type': outcome} : {};
    inFlight.add(-1, {'messaging.destination.name': service});
    processing.record((performance.now() - start) / 1000, {...common, ...error});
    consumed.add(1, {
      ...common,
      ...error,
      ...countedType(event),
      'dip.outcome': outcome,
    });
  };
}

function nobody(): void {}

/** Counts an event that was sent; `attributes` say where, and what went wrong if something did. */
export function eventSent(seconds: number, event: CloudEvent, attributes: Attributes): void {
  if (instruments === undefined) return;
  instruments.sending.record(seconds, attributes);
  instruments.sent.add(1, {...attributes, ...countedType(event)});
}

/** Whether anything is measured. */
export function isMeasuring(): boolean {
  return instruments !== undefined;
}

/** Asks for a number each time that metrics are sent; undefined: there is none now. */
export function measureWhenSent(
  {name, unit, description}: {name: string; unit: string; description: string},
  read: () => Promise<number | undefined>,
): void {
  instruments?.meter.createObservableGauge(name, {unit, description}).addCallback(async (result) => {
    const value = await read();
    if (value !== undefined) result.observe(value);
  });
}
