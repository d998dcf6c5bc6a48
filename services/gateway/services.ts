/** Where the services behind the front doors are: processes on one machine, Knative Services on a cluster. */
export interface Services {
  /** Whether there may be a service of this name. */
  has(name: string): boolean;
  /**
   * The address of a service that takes requests, until it is given back.
   *
   * @throws Error as a sentence, when it can't be started.
   */
  acquire(name: string): Promise<{readonly url: string; release(): void}>;
  /** Told that a request is about to lead to events. (Default: nobody is) */
  warmBehind?(name: string): void;
}

/** A front door: what a path below `/api/` leads to. */
export interface FrontDoor {
  readonly service: string;
  /** The service's own path, with its query, as it was written. */
  readonly path: string;
}

/** The front door that a request's path names, the service's name unchecked; undefined when it is none. */
export function frontDoorOf(url: string): FrontDoor | undefined {
  if (url.split('?')[0] !== '/api' && !url.startsWith('/api/')) return undefined;
  const [, service = '', rest = ''] = /^\/api\/([^/?]*)(.*)$/s.exec(url) ?? [];
  return {service, path: rest.startsWith('/') ? rest : `/${rest}`};
}
