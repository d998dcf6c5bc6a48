import type {IncomingMessage, ServerResponse} from 'node:http';
import type {CloudEventV1} from 'cloudevents';
import type {Transaction} from 'kysely';
import type {CloudEvent} from './cloudevent.ts';
import type {After} from './commit-together.ts';
import type {Contract, DataOf, Draft, DraftOf} from './contract.ts';
import type {Migrations} from './database/migrations.ts';
import type {Routes} from './door.ts';
import type {Nothing, Reach, State} from './reach.ts';

/** What a handler is given: the event in the CloudEvents SDK's own type, with data that fit the contract. */
export type EventOf<C> = CloudEventV1<DataOf<C>> & {readonly data: DataOf<C>};

/** Hears every event, as it travelled, checked against no contract. */
export const anything = 'anything';
export type Anything = typeof anything;

/** What a handler can do besides answering. */
export interface HandlerContext<Tables, Said extends Contract, Started = undefined>
  extends Reach<Tables, Started> {
  /** The event as it travelled. */
  readonly cause: CloudEvent;
  /** The id that the reply of this contract will have. */
  replyId(contract: Said): string;
  /**
   * Keeps words beside a fact that will name them: JSON, or bytes as they are, under the document and the id of the
   * reply to be; under that id alone where they are about no document. Returns their name.
   */
  keep(contract: Said, documentId: string | null, name: string, value: unknown): Promise<string>;
  /**
   * Hands an event to the broker now, besides the reply. Its id is derived from the cause and `part`, so doing it
   * again after a broken attempt is the same event: where replies are stored, what was published first is published
   * again, whatever the draft says now. `part` is not empty, as the reply has none.
   */
  publish(draft: DraftOf<Said>, part: string | number): Promise<void>;
  /** Hands an event that was kept to the broker once more, as it is: whoever has handled it knows it by its id. */
  publishAgain(event: CloudEvent): Promise<void>;
  /**
   * A change to the service's tables, made in the one transaction that stores the reply: both happen or neither. It
   * may be made several times until it is kept, so whatever else is to follow from it is handed to `after`.
   */
  change(write: (transaction: Transaction<Tables>, after: After) => Promise<void>): void;
}

type Handler<Event, Said extends Contract, Replies extends Contract, Tables, Started> = (
  event: Event,
  context: HandlerContext<Tables, Said, Started>,
) => Promise<DraftOf<Replies> | Decide<Tables, Replies> | undefined>;

/**
 * A reply that depends on what the tables say at the moment in which it is stored: told in that transaction, together with
 * changes to them. It may be asked several times until that is kept, so it does nothing but read and change the tables.
 */
export type Decide<Tables, Replies extends Contract> = (
  transaction: Transaction<Tables>,
) => Promise<DraftOf<Replies>>;

/** One handler for one contract; for several, a handler by type. */
type Handling<
  Receives,
  Said extends Contract,
  Replies extends Contract,
  Tables,
  Started,
> = Receives extends Anything
  ? Handler<CloudEvent, Said, Replies, Tables, Started>
  : Receives extends Contract
    ? Handler<EventOf<Receives>, Said, Replies, Tables, Started>
    : Receives extends readonly Contract[]
      ? {
          readonly [C in Receives[number] as C['type']]: Handler<EventOf<C>, Said, Replies, Tables, Started>;
        }
      : never;

/** A number that is read when metrics are sent, and only then; all replicas of a service read the same. */
export interface Gauge<Tables, Started = undefined> {
  /** `dip.<what>`, as OpenTelemetry names metrics. */
  name: string;
  /** In UCUM: `s`, `{document}`. */
  unit: string;
  description: string;
  /** Undefined: there is none now. */
  read(reach: Reach<Tables, Started>, now: Date): Promise<number | undefined>;
}

/** What is done beside the work, when the service starts and every hour: several replicas may do it at once. */
export interface Upkeep<Tables> {
  /** What is logged where it fails, which is tried again: `Old replies are not forgotten`. */
  failed: string;
  /** In steps of some milliseconds, each of which may be the last: the signal or a kill ends it. */
  run(state: State<Tables>, signal: AbortSignal): Promise<void>;
}

export interface ServiceDefinition<
  Receives extends Anything | Contract | readonly Contract[],
  Replies extends Contract,
  Publishes extends Contract,
  Tables,
  Started,
> {
  /** The name of its folder, its Knative Service and, below `/services/`, its events' source. */
  name: string;
  receives: Receives;
  /** What it may answer with; anything else is a compile error. (Default: nothing) */
  replies?: readonly Replies[];
  /**
   * What it says besides: from front doors, or several events out of one. With `routes`, what front doors say is kept
   * until the broker has it, so that the service has a database even where it has no tables. (Default: nothing)
   */
  publishes?: readonly Publishes[];
  /** Its own tables. (Default: none) */
  tables?: Migrations<Tables>;
  /**
   * `stored`: a redelivered event gets the reply that was stored the first time. `pure`: the service keeps no
   * replies, as the same event always leads to the same bytes, or to none. (Default: stored)
   */
  once?: 'stored' | 'pure';
  /**
   * Tells apart events that come more than once under one id and are not the same to this service, such as one
   * that two triggers could not deliver. (Default: none do)
   */
  occurrence?: (cause: CloudEvent) => string;
  /**
   * Run when the service starts, before it is ready: opens what must be there, and returns it. Handlers and front doors
   * find it as `started`. (Default: nothing)
   */
  start?: (state: State<Tables>) => Promise<Started>;
  handle: Handling<Receives, Replies | Publishes, Replies, Tables, Started>;
  /** Front doors. (Default: none) */
  routes?: Routes<Tables, Publishes, Started>;
  /** What the service's tables say in numbers, for those who watch it from outside. (Default: nothing) */
  gauges?: readonly Gauge<Tables, Started>[];
  /** What is brought up to date in the service's tables beside its work. (Default: nothing) */
  upkeep?: Upkeep<Tables>;
  /** Run when the last work is done: closes what `start` returned. (Default: nothing is) */
  stop?: (started: Started) => Promise<void>;
}

/**
 * Declares a service: the value that its `service.ts` exports, and the whole of what it says to the kit.
 *
 * @example
 * export default service({
 *   name: 'greeter',
 *   receives: documentIngested,
 *   replies: [documentClassified],
 *   async handle({data}) { return documentClassified({...data, category: 'greeting', …}); },
 * });
 */
export function service<
  const Receives extends Anything | Contract | readonly Contract[],
  Replies extends Contract = never,
  Publishes extends Contract = never,
  Tables = Nothing,
  Started = undefined,
>(definition: ServiceDefinition<Receives, Replies, Publishes, Tables, Started>): Service {
  const {name, receives, replies = [], publishes = [], once = 'stored', handle, routes = {}} = definition;
  const contracts = contractsOf(receives);
  for (const contract of contracts) {
    if (typeof handle === 'object' && !(contract.type in handle)) {
      throw new TypeError(`Service ${name} receives ${contract.type} and has no handler for it.`);
    }
  }
  const erased = {
    ...definition,
    contracts,
    hearsAnything: receives === anything,
    once,
    says: [...replies, ...publishes],
    saysAtDoors: publishes.length > 0 && Object.keys(routes).length > 0,
  };
  // The types above have done their work: from here on the kit handles all services alike.
  return erased as unknown as Service;
}

/** Takes a request as it came, and answers it. What it throws is answered as a front door's errors are. */
export type Take = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Declares a service that hears no events and keeps nothing: every request but its probes' is its own.
 *
 * @example
 * export default entrance({
 *   name: 'console',
 *   opens: ({config}) => async (request, response) => void response.end('Hello.'),
 * });
 */
export function entrance(definition: {
  /** The name of its folder and its Knative Service. */
  name: string;
  /** Run when the service starts, before it is ready. @throws ConfigError when it can't be as it is configured. */
  opens: (state: State<Nothing>) => Take;
}): Service {
  return {
    ...definition,
    contracts: [],
    hearsAnything: false,
    says: [],
    saysAtDoors: false,
    once: 'pure',
    handle: {},
  };
}

function contractsOf(receives: Anything | Contract | readonly Contract[]): readonly Contract[] {
  if (receives === anything) return [];
  return 'type' in receives ? [receives] : receives;
}

/** A service as the kit runs it, its own types left behind. */
export interface Service {
  readonly name: string;
  readonly contracts: readonly Contract[];
  readonly hearsAnything: boolean;
  readonly says: readonly Contract[];
  /** Whether its front doors may say something. */
  readonly saysAtDoors: boolean;
  readonly once: 'stored' | 'pure';
  readonly occurrence?: (cause: CloudEvent) => string;
  readonly tables?: Migrations<Nothing>;
  readonly handle: RunnableHandler | Readonly<Record<string, RunnableHandler>>;
  readonly routes?: Routes<Nothing, Contract, unknown>;
  readonly gauges?: readonly Gauge<Nothing, unknown>[];
  readonly upkeep?: Upkeep<Nothing>;
  /** Of an entrance alone: takes every request, so that no event is heard. */
  readonly opens?: (state: State<Nothing>) => Take;
  readonly start?: (state: State<Nothing>) => Promise<unknown>;
  readonly stop?: (started: unknown) => Promise<void>;
}

/** A handler as the kit calls it: with an SDK event whose data was checked, or for `anything` with the bare one. */
export type RunnableHandler = (
  event: CloudEventV1<unknown> | CloudEvent,
  context: HandlerContext<Nothing, Contract, unknown>,
) => Promise<Draft | ((transaction: Transaction<Nothing>) => Promise<Draft>) | undefined>;
