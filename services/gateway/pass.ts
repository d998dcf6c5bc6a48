import type {IncomingMessage, ServerResponse} from 'node:http';
import {contentMode, inRequestSpan, messageOf} from '#kit';
import {type BodyLimit, forward, type Passage, type Patience, tooLarge, usualPatience} from './forward.ts';
import {headersForService} from './headers.ts';
import {hasDots, isEventDoor} from './meant-path.ts';
import type {Person} from './people/people.ts';
import {routeOf} from './people/routes.ts';
import {Refusal} from './refusal.ts';
import type {FrontDoor, Services} from './services.ts';
import {isAwaitedUpload, isUpload, uploadAndWait} from './upload-and-wait.ts';

/** A request that somebody may make, at a front door. */
export interface Entry {
  readonly door: FrontDoor;
  readonly services: Services;
  /** Who asks, and was admitted; the service is told the name. */
  readonly person: Person;
  /** Where an event goes that was sent to a service, for the sentence that refuses it. */
  readonly eventsGoTo: string;
  readonly patience?: Patience;
  /** Called within the request's span, so that a line of the log can name it. (Default: nobody is) */
  readonly onSpan?: () => void;
}

/** A document and what a form puts around it, as ingestion takes it. */
const uploads: BodyLimit = {bytes: 25 * 1024 * 1024 + 64 * 1024, words: 'a document of at most 25 MiB'};

/** What else a person may send. */
const others: BodyLimit = {bytes: 1_048_576, words: 'a body of at most 1048576 bytes'};

/**
 * Takes a request through a front door to its service, and the answer back.
 *
 * @throws Refusal when it leads to no door for people, is too large, or the service can't be reached.
 */
export function pass(entry: Entry, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const route = routeOf(request.method, entry.door).name;
  const statusOf = (error: unknown) => (error instanceof Refusal ? error.status : 500);
  return inRequestSpan({request, response}, {route, statusOf}, () => passThrough(entry, request, response));
}

async function passThrough(entry: Entry, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const {door, services, person, patience = usualPatience, onSpan} = entry;
  onSpan?.();
  for (const [name, value] of Object.entries(person.headers)) response.setHeader(name, value ?? '');
  refuseEvents(entry, request);
  // A console that asks itself would go round in circles.
  if (door.service === 'console' || !services.has(door.service))
    throw new Refusal(404, `There is no service ${JSON.stringify(door.service.slice(0, 120))} here.`);
  const bodyLimit = isUpload(door, request) ? uploads : others;
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit.bytes) throw tooLarge(bodyLimit);
  const lease = await leaseOf(services, door.service, request.method);
  try {
    const passage: Passage = {
      serviceUrl: lease.url,
      path: door.path,
      headers: headersForService(request, person.name),
      bodyLimit,
      patience,
    };
    if (isAwaitedUpload(door, request)) await uploadAndWait(passage, services, request, response);
    else await forward(passage, request, response);
  } finally {
    lease.release();
  }
}

/** A service's front doors are for everybody; where it hears events is the broker's alone. */
function refuseEvents({door, eventsGoTo}: Entry, {method, headers}: IncomingMessage): void {
  if (isEventDoor(method, door.path) || contentMode(headers) !== undefined)
    throw new Refusal(403, `Events reach a service through the broker alone: ${eventsGoTo}.`);
  if (hasDots(door.path)) throw new Refusal(400, 'Expected a path without `.` and `..` in it.');
}

async function leaseOf(services: Services, name: string, method: string | undefined) {
  try {
    if (method === 'POST') services.warmBehind?.(name);
    return await services.acquire(name);
  } catch (error) {
    throw new Refusal(503, messageOf(error), {cause: error, headers: {'retry-after': '5'}});
  }
}
