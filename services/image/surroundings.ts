import {once} from 'node:events';
import {createServer} from 'node:http';
import {buffer} from 'node:stream/consumers';
import {setTimeout as wait} from 'node:timers/promises';
import {type CloudEvent, decode} from '#kit';

/** All that a service talks to, at one address: a broker, a collector of telemetry, other services. */
export interface Surroundings extends AsyncDisposable {
  readonly url: string;
  /** What was published so far. */
  readonly events: readonly CloudEvent[];
  /** Waits until telemetry has arrived. @throws Error when it takes longer than 20 s. */
  telemetry(): Promise<void>;
}

const patienceMs = 20_000;

/** Opens surroundings that take whatever they are given. */
export async function openSurroundings(): Promise<Surroundings> {
  const events: CloudEvent[] = [];
  const arrived = Promise.withResolvers<boolean>();
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const isTelemetry = request.url?.startsWith('/v1/') === true;
    if (isTelemetry) arrived.resolve(true);
    else if (request.method === 'POST') events.push(decode(request.headers, body));
    response.writeHead(isTelemetry ? 200 : 202).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('Expected a port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    events,
    async telemetry() {
      if (await Promise.race([arrived.promise, wait(patienceMs, false, {ref: false})])) return;
      throw new Error(`Expected telemetry within ${patienceMs} ms, got none: the bundle can't send it.`);
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}
