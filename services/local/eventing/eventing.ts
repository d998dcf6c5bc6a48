import {attribute, type CloudEvent} from '#kit';
import {Journal, type KeptEvent} from '../journal/journal.ts';
import type {JournalRecord} from '../journal/record.ts';
import type {Broker, Manifests, Trigger} from '../manifests/manifests.ts';
import type {Clock} from './clock.ts';
import {type Carrier, deliveryOf} from './delivery.ts';
import {matches} from './filter/filter.ts';
import {type Pending, TriggerQueue} from './trigger-queue.ts';

/** Brokers and triggers at work: what is accepted is kept, and each trigger gets what its filter lets through. */
export interface Eventing {
  /** Whether there is such a broker. */
  has(namespace: string, name: string): boolean;
  /** Keeps an event; when it resolves the event is on the disk. @throws JournalFailure when it can't be kept. */
  accept(broker: {namespace: string; name: string}, event: CloudEvent): Promise<void>;
  /** Events that each trigger is not done with, by `<namespace>/<name>`. */
  backlog(): Record<string, number>;
  /** Begins to deliver what an earlier run left. */
  begin(): void;
  /** Ends the attempts under way and closes the journal; what waits is delivered by the next run. */
  close(): Promise<void>;
}

export interface EventingOptions {
  manifests: Manifests;
  /** The folder of the journal. */
  folder: string;
  carrier: Carrier;
  clock: Clock;
  warn: (sentence: string) => void;
  /** Told of each broker that took an event: its subscribers will be needed. */
  onAccept?: (broker: Broker) => void;
}

/** An in-memory channel bounds nothing; we do, as one machine is finite. */
const unorderedConcurrency = 100;

/** Opens the journal of a folder and sets up a queue for each trigger, with what an earlier run left. */
export async function openEventing(options: EventingOptions): Promise<Eventing> {
  const {manifests, folder, clock, onAccept} = options;
  const recovery = new Recovery(manifests);
  const journal = await Journal.open(folder, (record, kept) => recovery.visit(record, kept));
  const routes = routesOf(options, journal, accept);
  for (const {trigger, name} of routes.values()) {
    if (!recovery.knows(name))
      journal.note({kind: 'trigger', trigger: name, offset: journal.nextOffset, at: clock.now()});
    void trigger;
  }

  async function accept(
    {namespace, name}: {namespace: string; name: string},
    event: CloudEvent,
  ): Promise<void> {
    const broker = manifests.brokers.find(
      (candidate) => candidate.name === name && candidate.namespace === namespace,
    );
    if (broker === undefined) throw new Error(`There is no Broker ${namespace}/${name}.`);
    const kept = await journal.appendEvent(`${namespace}/${name}`, event, clock.now());
    for (const route of routes.values()) {
      if (route.broker !== broker || !matches(route.trigger.filter, event.attributes)) continue;
      route.queue.add(pendingOf(kept, event, route));
    }
    onAccept?.(broker);
  }

  return {
    has: (namespace, name) =>
      manifests.brokers.some((broker) => broker.namespace === namespace && broker.name === name),
    accept,
    backlog: () => Object.fromEntries([...routes.values()].map(({name, queue}) => [name, queue.length])),
    begin() {
      for (const {name, queue} of routes.values())
        for (const pending of recovery.pending(name)) queue.add(pending);
    },
    async close() {
      await Promise.all([...routes.values()].map(({queue}) => queue.close()));
      await journal.close();
    },
  };
}

/** A trigger with the broker it hears and the queue it has. */
interface Route {
  name: string;
  trigger: Trigger;
  broker: Broker;
  queue: TriggerQueue;
}

function routesOf(
  options: EventingOptions,
  journal: Journal,
  accept: Eventing['accept'],
): Map<string, Route> {
  const {manifests, carrier, clock, warn} = options;
  const routes = new Map<string, Route>();
  for (const trigger of manifests.triggers) {
    const broker = brokerOf(manifests, trigger);
    if (broker === undefined) continue;
    const name = `${trigger.namespace}/${trigger.name}`;
    const attempt = deliveryOf(trigger, broker, {journal, carrier, clock, accept, warn});
    const concurrency = trigger.ordered ? broker.partitions : unorderedConcurrency;
    routes.set(name, {name, trigger, broker, queue: new TriggerQueue({attempt, concurrency, clock})});
  }
  return routes;
}

function brokerOf({brokers}: Manifests, trigger: Trigger): Broker | undefined {
  return brokers.find((broker) => broker.namespace === trigger.namespace && broker.name === trigger.broker);
}

function pendingOf(kept: KeptEvent, event: CloudEvent, {trigger}: {trigger: Trigger}): Pending {
  const key = trigger.ordered ? (attribute(event, 'partitionkey') ?? null) : null;
  return {kept, key, attempts: 0, failure: null};
}

/** What an earlier run left, read off the journal: for each trigger, the events that it was not done with. */
class Recovery {
  readonly #triggers: {name: string; broker: string; trigger: Trigger}[];
  /** Triggers that the journal knows. A trigger hears what came after it was first seen, as in Knative. */
  readonly #known = new Set<string>();
  readonly #pending = new Map<string, Map<number, Pending>>();

  constructor({triggers}: Manifests) {
    this.#triggers = triggers.map((trigger) => ({
      trigger,
      name: `${trigger.namespace}/${trigger.name}`,
      broker: `${trigger.namespace}/${trigger.broker}`,
    }));
    for (const {name} of this.#triggers) this.#pending.set(name, new Map());
  }

  visit(record: JournalRecord, kept: KeptEvent): void {
    if (record.kind === 'trigger') this.#known.add(record.trigger);
    else if (record.kind === 'settled') this.#pending.get(record.trigger)?.delete(record.offset);
    else if (record.kind === 'attempt') this.#attempted(record.trigger, record.offset, record.attempt);
    else this.#heard(record.broker, record.event, kept);
  }

  knows(name: string): boolean {
    return this.#known.has(name);
  }

  /** The events that a trigger was not done with, in order. */
  pending(name: string): Iterable<Pending> {
    return this.#pending.get(name)?.values() ?? [];
  }

  #attempted(name: string, offset: number, attempt: number): void {
    const pending = this.#pending.get(name)?.get(offset);
    if (pending !== undefined) pending.attempts = attempt;
  }

  #heard(broker: string, event: CloudEvent, kept: KeptEvent): void {
    for (const {name, broker: heard, trigger} of this.#triggers) {
      if (heard !== broker || !this.#known.has(name) || !matches(trigger.filter, event.attributes)) continue;
      this.#pending.get(name)?.set(kept.offset, pendingOf(kept, event, {trigger}));
    }
  }
}
