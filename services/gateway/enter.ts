import type {IncomingMessage, ServerResponse} from 'node:http';
import {includes, messageOf, preferredWait} from '#kit';
import {contentMode, identityHeader, inRequestSpan, NoKey, type Sign} from '#kit/wire';
import {follow, isFollowed} from './follow.ts';
import {answerWith, type Passage, type Patience, send, tooLarge, usualPatience} from './forward.ts';
import {headersForService} from './headers.ts';
import {hasDots, isDisguised, isEventDoor} from './meant-path.ts';
import type {Admitted, People} from './people/people.ts';
import {Refusal} from './refusal.ts';
import {isName, type Route, routeOf} from './routes.ts';
import {type FrontDoor, frontDoorOf, type Services} from './services.ts';

/** The way in for people: what both hosts of it bring along. */
export interface WayIn {
  readonly services: Services;
  readonly people: People;
  /** Signs who asks, so that a service believes it. */
  readonly sign: Sign;
  /** Where an event goes that was sent to a service, for the sentence that refuses it. */
  readonly eventsGoTo: string;
  readonly patience?: Patience;
  /** Told what is known of a request, as it becomes known, within its span. (Default: nobody is) */
  readonly observe?: (known: {route?: string; person?: string}) => void;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/**
 * Takes a request through a front door to its service, and the answer back: who asks is found out before anybody is
 * woken.
 *
 * @throws Refusal when they may not, when it leads to no door for people, is too large, or the service can't be reached.
 */
export async function enter(wayIn: WayIn, door: FrontDoor, exchange: Exchange): Promise<void> {
  const {request} = exchange;
  const route = routeOf(request.method, door);
  wayIn.observe?.({route: route.name});
  const admitted = await wayIn.people.admit(request, route.role);
  const statusOf = (error: unknown) => (error instanceof Refusal ? error.status : 500);
  await inRequestSpan(exchange, {route: route.name, statusOf}, () => {
    wayIn.observe?.({person: admitted.person.name});
    return pass({wayIn, door, route, admitted}, exchange);
  });
}

interface Entry {
  readonly wayIn: WayIn;
  readonly door: FrontDoor;
  readonly route: Route;
  readonly admitted: Admitted;
}

async function pass(entry: Entry, {request, response}: Exchange): Promise<void> {
  const {wayIn, door, route, admitted} = entry;
  for (const [name, value] of Object.entries(admitted.headers)) response.setHeader(name, value ?? '');
  refuseEvents(entry, request);
  refuseUnknown(wayIn, door);
  if (Number(request.headers['content-length'] ?? 0) > route.bodyLimit.bytes) throw tooLarge(route.bodyLimit);
  const {url, release} = await leaseOf(wayIn.services, door.service, request.method);
  try {
    const {method = 'GET'} = request;
    const headers = {...headersForService(request), [identityHeader]: await signed(entry, method, door)};
    const passage: Passage = {serviceUrl: url, path: door.path, headers, ...limitsOf(entry)};
    const arrived = await send(passage, {request, response});
    const seconds = preferredWait(request.headers['prefer']);
    const outcome = isFollowed(arrived) && seconds !== undefined ? outcomeOf(entry, arrived) : undefined;
    if (outcome === undefined || seconds === undefined) return await answerWith(arrived, {request, response});
    await follow(arrived, {seconds, ...(await outcome)}, response);
  } finally {
    release();
  }
}

function limitsOf({wayIn: {patience = usualPatience}, route: {bodyLimit}}: Entry) {
  return {patience, bodyLimit};
}

/**
 * The way to what becomes of something that was taken: through the front door that `Location` names, as the same person.
 * Undefined where it leads nowhere, or where they may not go.
 */
function outcomeOf({wayIn, admitted}: Entry, {headers: {location = ''}}: IncomingMessage) {
  const door = frontDoorOf(location);
  if (door === undefined || !isName(door.service) || hasDots(door.path)) return undefined;
  if (!wayIn.services.has(door.service)) return undefined;
  const route = routeOf('GET', door);
  if (!includes(admitted.person.role, route.role)) return undefined;
  return signed({wayIn, door, route, admitted}, 'GET', door).then((identity) => ({
    door,
    services: wayIn.services,
    headers: {[identityHeader]: identity},
  }));
}

/** A service's front doors are for everybody; where it hears events is the broker's alone. */
function refuseEvents({door, wayIn}: Entry, {method, headers}: IncomingMessage): void {
  if (isDisguised(door.path))
    throw new Refusal(400, 'Expected a path that is percent-encoded once, not over and over.');
  if (isEventDoor(method, door.path) || contentMode(headers) !== undefined)
    throw new Refusal(403, `Events reach a service through the broker alone: ${wayIn.eventsGoTo}.`);
  if (hasDots(door.path)) throw new Refusal(400, 'Expected a path without `.` and `..` in it.');
}

/** A console that asks itself would go round in circles. */
function refuseUnknown({services}: WayIn, {service}: FrontDoor): void {
  if (service !== 'console' && services.has(service)) return;
  throw new Refusal(404, `There is no service ${JSON.stringify(service.slice(0, 120))} here.`);
}

/** How long a person may be kept waiting besides, in milliseconds: what `Prefer: wait` can ask for, and an upload. */
const besidesMs = 360_000;

/** Who asks for what, signed for as long as we wait. */
async function signed({wayIn, admitted: {person}}: Entry, method: string, door: FrontDoor): Promise<string> {
  const {sign, patience = usualPatience} = wayIn;
  const asking = {person, service: door.service, method, path: door.path};
  try {
    return await sign(asking, patience.connectMs + patience.idleMs + besidesMs);
  } catch (error) {
    if (!(error instanceof NoKey)) throw error;
    const sentence = 'There is no key here to sign with, so no service would believe who asks';
    throw new Refusal(503, `${sentence}: make one with \`npx dip identity create\`.`, {cause: error});
  }
}

async function leaseOf(services: Services, name: string, method: string | undefined) {
  try {
    if (method === 'POST') services.warmBehind?.(name);
    return await services.acquire(name);
  } catch (error) {
    throw new Refusal(503, messageOf(error), {cause: error, headers: {'retry-after': '5'}});
  }
}
