import {
  answerJson,
  enter,
  frontDoorOf,
  peopleWith,
  Refusal,
  refuse,
  refuseForeign,
  refuseSeveralHosts,
  tokenFolder,
  type WayIn,
} from '#gateway';
import type {State, Take} from '#kit';
import {contentMode, signer, traceFields} from '#kit/wire';
import {knativeServices} from './knative-services.ts';
import {version} from './version.ts';

type Request = Parameters<Take>[0];
type Response = Parameters<Take>[1];

const eventsGoTo =
  "post yours to the broker's ingress: kubectl -n knative-eventing port-forward svc/broker-ingress 8081:80, and then dip event send --server http://127.0.0.1:8081";

/** What a request turned out to be, for its line in the log. */
interface RequestLine {
  route: string;
  person?: string;
  error?: string;
}

/**
 * Takes every request of the public address: finds who asks and what for, passes it on or refuses it, and puts down
 * one line, without a word of a document or a token.
 */
export function reception({config, log}: State<object>): Take {
  const warn = (sentence: string) => log('warn', sentence);
  const wayIn = {
    services: knativeServices(config),
    people: peopleWith(tokenFolder(config.tokensDirectory, {warn})),
    sign: signer(config.identityDirectory, {warn}),
    eventsGoTo,
  };
  return async (request, response) => {
    const begin = performance.now();
    const line: RequestLine = {route: 'elsewhere'};
    try {
      const observe = (known: Partial<RequestLine>) => void Object.assign(line, known, traceFields());
      await answer({...wayIn, observe}, line, {request, response});
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      line.error = error.message;
      if (response.headersSent) response.destroy();
      else refuse(request, response, error);
    } finally {
      const status = response.writableFinished || response.headersSent ? response.statusCode : null;
      const ms = Math.round((performance.now() - begin) * 10) / 10;
      log('info', 'request', {method: request.method, ...line, status, ms});
    }
  };
}

async function answer(
  wayIn: WayIn,
  line: RequestLine,
  {request, response}: {request: Request; response: Response},
): Promise<void> {
  const {method, url = '/', headers} = request;
  refuseSeveralHosts(request);
  refuseForeign(request);
  const door = frontDoorOf(url);
  if (door !== undefined) return enter(wayIn, door, {request, response});
  if (method === 'POST' && contentMode(headers) !== undefined)
    throw new Refusal(403, `No events are taken here: ${eventsGoTo}.`);
  if (url.split('?')[0] !== '/' || (method !== 'GET' && method !== 'HEAD'))
    throw new Refusal(404, 'There is nothing here but `/` and the services at /api/<service>/….');
  line.route = 'GET /';
  answerJson(response, {status: 200, object: home});
}

/** What is here, for whoever looks in with a browser or curl. */
const home = {
  name: 'dip',
  version,
  documents: '/api/archive/documents',
  upload: 'POST /api/ingestion/documents',
};
