import type {ParameterizedContext} from 'koa';
import type {CloudEvent} from './cloudevent.ts';
import type {Contract, DraftOf, Static, TSchema} from './contract.ts';
import type {Person} from './identity/person.ts';
import type {Role} from './identity/role.ts';
import type {Nothing, Reach} from './reach.ts';
import type {Representation} from './representation.ts';

/** What a front door is given. */
export interface DoorContext<Tables, Said extends Contract, Started = undefined>
  extends Reach<Tables, Started> {
  /** Who asks, as the way in has signed it. */
  readonly person: Person;
  /** Makes and hands an event to the broker. @throws Defer when the broker is away. */
  publish(event: CloudEvent): Promise<void>;
  /** The event of a draft that follows from no event, but from what a person did. */
  event(draft: DraftOf<Said>, origin: {id: string; time: Date; correlationId?: string}): CloudEvent;
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
