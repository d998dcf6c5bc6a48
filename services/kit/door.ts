import type {ParameterizedContext} from 'koa';
import type {Transaction} from 'kysely';
import type {CloudEvent} from './cloudevent.ts';
import type {Contract, DraftOf, Static, TSchema} from './contract.ts';
import type {Person} from './identity/person.ts';
import type {Role} from './identity/role.ts';
import type {Nothing, Reach} from './reach.ts';
import type {Representation} from './representation.ts';
import type {DoorChange} from './said-events.ts';

/** What a front door is given. */
export interface DoorContext<Tables, Said extends Contract, Started = undefined>
  extends Reach<Tables, Started> {
  /** Who asks, as the way in has signed it. */
  readonly person: Person;
  /**
   * Says what a person did: an event that follows from no other. It is kept together with the change to the service's
   * tables, handed to the broker before this resolves, and handed to it again at the next start or request until the
   * broker has confirmed it: neither the change nor its event is ever without the other.
   *
   * The same key is the same event. Said again, with or without an answer to the first, nothing is changed and the
   * first bytes stand, whatever the draft says now.
   *
   * @throws Defer when the broker is away. The person hears 503, and that what was done is kept: it stands and takes
   * effect later, and doing it again is the same. What throws in `change` undoes everything, and nothing is said.
   */
  say(draft: DraftOf<Said>, options: SayOptions<Tables>): Promise<SaidNow>;
  /** The id that the event said under this key has, for the names of blobs. */
  saidId(contract: Said, key: string): string;
}

/** How something is said at a front door. */
export type SayOptions<Tables> = {
  /**
   * What is done, in words that are the same only when the same thing is done again: such as the id of what is decided
   * on and the decision's number. No words of a person's, as it is kept in a table.
   */
  readonly key: string;
  /** The id that ties a whole flow together. (Default: the event's own) */
  readonly correlationId?: string;
} & (
  | {
      /** What is said stands, though the broker is away. (Default) */
      readonly whileAway?: 'kept';
      /**
       * A change to the service's tables, not made when the key was said before. It may be made several times until
       * it is kept, so whatever else is to follow from it is handed to `after`.
       */
      readonly change?: DoorChange<Tables>;
      /**
       * Finds the event that was said under this key where the service itself has kept it, such as before there was
       * this way of saying: it stands, and nothing is changed. (Default: there is none)
       */
      readonly known?: (transaction: Transaction<Tables>) => Promise<CloudEvent | undefined>;
    }
  | {
      /**
       * Nothing is kept, and nothing said while the broker is away, so that 503 means that nothing was done: for what
       * a person does again under another key. It is never a repeat.
       */
      readonly whileAway: 'not said';
      readonly change?: undefined;
      readonly known?: undefined;
    }
);

/** What was said at a front door. */
export interface SaidNow {
  /** As it was said the first time. */
  readonly event: CloudEvent;
  /** Whether it had been said before. */
  readonly isRepeat: boolean;
}

/** A request at a front door, as Koa has it, with the parts of the path that the route names. */
export type DoorRequest = ParameterizedContext<Nothing, {params: Readonly<Record<string, string>>}>;

/** How long a body may be. */
export interface BodyLimit {
  readonly bytes: number;
  /** In words, such as `a document of at most 25 MiB`. */
  readonly words: string;
}

/** Of a door that says nothing else. */
export const usualBodyLimit: BodyLimit = {bytes: 1_048_576, words: 'a body of at most 1048576 bytes'};

/** A front door: a route for people, the only synchronous part of a service. */
export interface Door<Tables, Said extends Contract, Started> {
  /** Who may come in: people of this role, or of one that includes it. */
  readonly role: Role;
  readonly bodyLimit: BodyLimit;
  readonly answers: Representation;
  /** Status and headers are set at the request; what is returned is answered as JSON. */
  readonly handle: (request: DoorRequest, context: DoorContext<Tables, Said, Started>) => Promise<unknown>;
}

/** Declares a front door, whose answer is checked by the compiler against what it says it answers. */
export function door<Schema extends TSchema, Tables, Said extends Contract, Started>(definition: {
  role: Role;
  /** (Default: 1 MiB) */
  bodyLimit?: BodyLimit;
  answers: Representation<Schema>;
  handle: (request: DoorRequest, context: DoorContext<Tables, Said, Started>) => Promise<Static<Schema>>;
}): Door<Tables, Said, Started> {
  return {bodyLimit: usualBodyLimit, ...definition};
}

/** The front doors of a service, by method and path: `{'GET /documents/:id': door({…})}`. */
export type Routes<Tables, Said extends Contract, Started = undefined> = Readonly<
  Record<string, Door<Tables, Said, Started>>
>;
