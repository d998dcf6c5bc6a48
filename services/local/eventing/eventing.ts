import type {CloudEvent} from '#kit';
import type {Broker, Manifests, Trigger} from '#manifests';
import {Journal, JournalFailure, type JournalOptions} from '../journal/journal.ts';
import type {Carrier} from './carrier.ts';
import type {Clock} from './clock.ts';
import {type DeliveryContext, deliveryOf} from './delivery.ts';
import {HeldEvents, type HeldShown} from './held-events.ts';
import {mostHops} from './hops.ts';
import {pendingOf, Recovery} from './recovery.ts';
import {type Pending, TriggerQueue} from './trigger-queue.ts';

/** Brokers and triggers at work: what is accepted is kept, and each trigger gets what its filter lets through. */
export interface Eventing {
  /** What could not be read of what an earlier run left, in sentences for a person. */
  readonly losses: readonly string[];
  /** How often events were flushed to the disk since it was opened. */
  readonly flushes: number;
  /** Whether there is such a broker. */
  has(namespace: string, name: string): boolean;
  /**
   * Keeps an event that comes from outside; when it resolves the event is on the disk.
   *
   * @param hops replies that may follow from it, 1 to 255. (Default: 255)
   * @throws JournalFailure when it can't be kept.
   */
  accept(broker: {namespace: string; name: string}, event: CloudEvent, hops?: number): Promise<void>;
  /**
   * The triggers of a broker that get an event for its type, by `<namespace>/<name>`: not those that would get it
   * whatever its type were.
   */
  hearers(broker: {namespace: string; name: string}, event: CloudEvent): string[];
  /** Events that each trigger is not done with, by `<namespace>/<name>`. */
  backlog(): Record<string, number>;
  /** What triggers hold as it can't be taken now: all of it, or what is about one subject. */
  held(subject?: string): HeldShown[];
  /** Begins to deliver, first of all what an earlier run left. */
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
  /** How much the journal keeps; the time for which events are kept is the longest of the brokers'. */
  journal?: Pick<JournalOptions, 'mostBytes' | 'segmentBytes'>;
}

/** Opens the journal of a folder and sets up a queue for each trigger, with what an earlier run left. */
export async function openEventing(options: EventingOptions): Promise<Eventing> {
  const {manifests} = options;
  const recovery = new Recovery(manifests.triggers);
  const journal = await openJournal(options, recovery);
  const brokers = new Map<string, Hearers>();
  for (const broker of manifests.brokers)
    brokers.set(`${broker.namespace}/${broker.name}`, {broker, routes: []});
  const pass = passing(options, journal, brokers);
  const routes = manifests.triggers.flatMap((trigger) => {
    const hearers = brokers.get(`${trigger.namespace}/${trigger.broker}`);
    if (hearers === undefined) return [];
    const route = routeOf(trigger, hearers.broker, {...options, journal, pass});
    hearers.routes.push(route);
    return [route];
  });
  for (const route of routes) for (const left of recovery.pending(route.name)) enqueue(journal, route, left);
  await journal.sweep();
  return {
    losses: journal.losses,
    get flushes() {
      return journal.flushes;
    },
    has: (namespace, name) => brokers.has(`${namespace}/${name}`),
    async accept(broker, event, hops = mostHops) {
      if (journal.isFull) await makeRoom(journal, routes);
      if (!(await pass(broker, event, hops)))
        throw new Error(`There is no Broker ${broker.namespace}/${broker.name}.`);
    },
    hearers({namespace, name}, {attributes}) {
      const ofAnotherType = {...attributes, type: 'any other'};
      const {routes: hearing = []} = brokers.get(`${namespace}/${name}`) ?? {};
      return hearing
        .filter(({trigger: {filter}}) => filter.matches(attributes) && !filter.matches(ofAnotherType))
        .map((route) => route.name);
    },
    backlog: () => Object.fromEntries(routes.map(({name, queue}) => [name, queue.length])),
    held: (subject) => routes.flatMap(({held}) => held.shown(subject) ?? []),
    begin() {
      for (const {queue} of routes) queue.begin();
    },
    async close() {
      await Promise.all(routes.map(({queue}) => queue.close()));
      await journal.close();
    },
  };
}

function openJournal(
  {manifests, folder, clock, journal}: EventingOptions,
  recovery: Recovery,
): Promise<Journal> {
  return Journal.open(folder, (record, place) => recovery.visit(record, place), {
    ...journal,
    retentionMs: Math.max(0, ...manifests.brokers.map(({retentionMs}) => retentionMs)),
    now: () => clock.now(),
  });
}

/** How an event gets into a broker, from outside or as a reply: kept first, then handed to those who hear it. */
function passing(
  {clock, onAccept}: EventingOptions,
  journal: Journal,
  brokers: ReadonlyMap<string, Hearers>,
): DeliveryContext['pass'] {
  return async ({namespace, name}, event, hops) => {
    const key = `${namespace}/${name}`;
    const hearers = brokers.get(key);
    if (hearers === undefined || hops <= 0) return false;
    const hearing = hearers.routes.filter(({trigger}) => trigger.filter.matches(event.attributes));
    const triggers = hearing.map((route) => route.name);
    const record = {kind: 'event', broker: key, acceptedAt: clock.now(), triggers, hops, event} as const;
    const kept = await journal.append(record);
    for (const route of hearing) enqueue(journal, route, pendingOf(kept, record, route.trigger));
    if (hearing.length > 0) onAccept?.(hearers.broker);
    return true;
  };
}

function routeOf(trigger: Trigger, broker: Broker, context: DeliveryContext): Route {
  const name = `${trigger.namespace}/${trigger.name}`;
  const held = new HeldEvents(name, context.warn);
  const attempt = deliveryOf(trigger, broker, {...context, held});
  const concurrency = trigger.ordered ? broker.partitions : unorderedConcurrency;
  const queue = new TriggerQueue({attempt, concurrency, clock: context.clock});
  return {name, trigger, queue, held};
}

function enqueue(journal: Journal, {queue}: Route, pending: Pending): void {
  journal.hold(pending.kept);
  queue.add(pending);
}

/** An in-memory channel bounds nothing; we do, as one machine is finite. */
const unorderedConcurrency = 100;

/** A broker and the triggers that hear it. */
interface Hearers {
  readonly broker: Broker;
  readonly routes: Route[];
}

/** A trigger and what waits for it. */
interface Route {
  readonly name: string;
  readonly trigger: Trigger;
  readonly queue: TriggerQueue;
  readonly held: HeldEvents;
}

/** What Knative would do is to forget the oldest events; here the newest ones are refused instead. */
async function makeRoom(journal: Journal, routes: readonly Route[]): Promise<void> {
  await journal.sweep();
  if (!journal.isFull) return;
  const [longest] = routes.toSorted((one, other) => other.queue.length - one.queue.length);
  const who = longest === undefined ? '' : `: ${longest.queue.length} wait for trigger ${longest.name}`;
  throw new JournalFailure(
    `The journal holds as many events as it may, and their deliveries are not done${who}.`,
  );
}
