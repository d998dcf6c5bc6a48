import {
  answerJson,
  type FrontDoor,
  frontDoorOf,
  type People,
  pass,
  peopleWith,
  Refusal,
  refuse,
  routeOf,
  type Services,
  tokenFolder,
} from '#gateway';
import {contentMode, type Reach, type Take, traceFields} from '#kit';
import {isForeign} from './foreign.ts';
import {knativeServices} from './knative-services.ts';
import {version} from './version.ts';

type Request = Parameters<Take>[0];
type Response = Parameters<Take>[1];

const eventsGoTo =
  "post yours to the broker's ingress: kubectl -n knative-eventing port-forward svc/broker-ingress 8081:80, and then dip event send --server http://127.0.0.1:8081";

/** What a request turned out to be, for its line in the log. */
interface Told {
  route: string;
  person?: string;
  error?: string;
}

/**
 * Takes every request of the public address: finds who asks and what for, passes it on or refuses it, and puts down
 * one line, without a word of a document or a token.
 */
export function reception({config, log}: Reach<object>): Take {
  const services = knativeServices(config);
  const people = peopleWith(tokenFolder(config.tokensDirectory, {warn: (sentence) => log('warn', sentence)}));
  return async (request, response) => {
    const begin = performance.now();
    const told: Told = {route: 'elsewhere'};
    try {
      await answer({services, people, told}, request, response);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      told.error = error.message;
      if (response.headersSent) response.destroy();
      else refuse(request, response, error);
    } finally {
      const status = response.writableFinished || response.headersSent ? response.statusCode : null;
      const ms = Math.round((performance.now() - begin) * 10) / 10;
      log('info', 'request', {method: request.method, ...told, status, ms});
    }
  };
}

interface Desk {
  readonly services: Services;
  readonly people: People;
  readonly told: Told;
}

async function answer(desk: Desk, request: Request, response: Response): Promise<void> {
  const {method, url = '/', headers} = request;
  if (isForeign(headers.origin, headers.host))
    throw new Refusal(403, 'Requests from pages of other sites are refused: only our own may send them.');
  const door = frontDoorOf(url);
  if (door !== undefined) return toService(desk, door, {request, response});
  if (method === 'POST' && contentMode(headers) !== undefined)
    throw new Refusal(403, `No events are taken here: ${eventsGoTo}.`);
  if (url.split('?')[0] !== '/' || (method !== 'GET' && method !== 'HEAD'))
    throw new Refusal(404, 'There is nothing here but `/` and the services at /api/<service>/….');
  desk.told.route = 'GET /';
  answerJson(response, {status: 200, object: home});
}

/** What is here, for whoever looks in with a browser or curl. */
const home = {
  name: 'dip',
  version,
  documents: '/api/archive/documents',
  upload: 'POST /api/ingestion/documents',
};

async function toService(
  {services, people, told}: Desk,
  door: FrontDoor,
  {request, response}: {request: Request; response: Response},
): Promise<void> {
  const route = routeOf(request.method, door);
  told.route = route.name;
  const person = await people.admit(request, route.role);
  told.person = person.name;
  const onSpan = () => void Object.assign(told, traceFields());
  const entry = {door, services, person, eventsGoTo, onSpan};
  await pass(entry, request, response);
}
