import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {buffer} from 'node:stream/consumers';
import type {ExecutionContext} from 'ava';

/** A request that arrived at the stand-in, read to its end. */
export interface Arrived {
  /** Such as `GET /api/archive/documents?limit=50`. */
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** What the stand-in answers: a status and a JSON body, or `reset` for a connection that breaks. */
export type Answer =
  | 'reset'
  | {readonly status: number; readonly json?: unknown; readonly headers?: Readonly<Record<string, string>>};

export interface StandIn {
  readonly url: string;
  /** In the order they arrived. */
  readonly arrived: Arrived[];
}

/** An HTTP server in the place of a running DIP. It answers as told and ends with the test. */
export async function standIn(
  t: ExecutionContext,
  answer: (request: Arrived, nth: number) => Answer | Promise<Answer>,
): Promise<StandIn> {
  const arrived: Arrived[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request).catch(() => undefined);
    // A client that is ended while it sends has no request that arrived.
    if (body === undefined) return;
    const seen = {line: `${request.method} ${request.url}`, headers: request.headers, body};
    arrived.push(seen);
    const reply = await answer(seen, arrived.length);
    if (reply === 'reset') return void request.socket.resetAndDestroy();
    response.writeHead(reply.status, {'content-type': 'application/json', ...reply.headers});
    response.end(reply.json === undefined ? '' : JSON.stringify(reply.json));
  };
  const server = createServer((request, response) => void handle(request, response));
  const port = await listen(server);
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
  });
  return {url: `http://127.0.0.1:${port}`, arrived};
}

/** An address where nothing listens: a port that was ours a moment ago. */
export async function deserted(): Promise<string> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** The fields and files of an upload. */
export function formOf({headers, body}: Arrived): Promise<FormData> {
  const type = headers['content-type'] ?? '';
  return new Response(new Uint8Array(body), {headers: {'content-type': type}}).formData();
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('Expected a port.');
  return address.port;
}
