import type {Role} from './role.ts';

/** Somebody who asks at a front door, as the way in knows them. */
export interface Person {
  /** The name of their token; `local` for whoever sits at this machine. */
  readonly name: string;
  readonly role: Role;
}

/** One request that somebody may make: what the way in signs, and a service believes. */
export interface Asking {
  readonly person: Person;
  /** The name of the service that is asked. */
  readonly service: string;
  readonly method: string;
  /** The service's own path with its query, as it was written. */
  readonly path: string;
}

/** The header that says who asks, signed. */
export const identityHeader = 'dip-identity';
