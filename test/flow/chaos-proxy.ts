import {once} from 'node:events';
import {createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse} from 'node:http';
import {setTimeout as wait} from 'node:timers/promises';
import {request} from 'undici';
import type {Chance} from './chance.ts';
import type {Gate} from './gate.ts';

/** What stands between the broker and one service, and does all that a network may do. */
export interface ChaosProxy {
  readonly url: string;
  readonly done: {deliveries: number; lost: number};
  /** Events for which the service gave two different replies. */
  readonly faults: string[];
  close(): Promise<void>;
}

export interface ChaosOptions {
  /** Where the service is now. */
  readonly target: () => Promise<string>;
  readonly chance: Chance;
  /** The longest an event is held up, in milliseconds. */
  readonly longestDelayMs: number;
  /** Between the first and the second delivery of an event, where they don't go at once. */
  readonly between: Gate;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Delivers each event twice, at once or one after the other, after a delay of its own, and loses each fifth reply
 * though the event was handled. What is no event passes through.
 */
export async function chaosProxy(options: ChaosOptions): Promise<ChaosProxy> {
  const done = {deliveries: 0, lost: 0};
  const faults: string[] = [];
  const server = createServer((incoming, response) => {
    const path = incoming.url ?? '/';
    const carried = path === '/events' ? twice(options, incoming, faults) : pass(options, incoming);
    carried
      .then((answer) => {
        done.deliveries++;
        if (path !== '/events' || done.deliveries % 5 !== 0) return reply(response, answer);
        done.lost++;
        return response.destroy();
      })
      .catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    done,
    faults,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function twice(options: ChaosOptions, incoming: IncomingMessage, faults: string[]): Promise<Answer> {
  const {chance, longestDelayMs, between} = options;
  const body = await bodyOf(incoming);
  await wait(chance.below(longestDelayMs));
  const first = forward(options, incoming, body);
  const isAtOnce = chance.happens(0.5);
  if (!isAtOnce) {
    await first;
    await between.pass();
  }
  const second = forward(options, incoming, body);
  const answers = await Promise.all([first, second]);
  const [one, other] = answers.map(contentOf);
  if (answers.every(({status}) => status < 300) && one !== other) faults.push(`${one} and ${other}`);
  return chance.of(answers);
}

async function pass(options: ChaosOptions, incoming: IncomingMessage): Promise<Answer> {
  return forward(options, incoming, await bodyOf(incoming));
}

async function forward({target}: ChaosOptions, incoming: IncomingMessage, body: Buffer): Promise<Answer> {
  const {connection: _connection, 'transfer-encoding': _encoding, ...headers} = incoming.headers;
  const method = incoming.method ?? 'GET';
  const answer = await request(`${await target()}${incoming.url}`, {
    method,
    headers: {...headers, 'content-length': String(body.length)},
    body: method === 'GET' ? null : body,
  });
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: Buffer.from(await answer.body.arrayBuffer()),
  };
}

function reply(response: ServerResponse, {status, headers, body}: Answer): void {
  const {connection: _connection, 'transfer-encoding': _encoding, ...kept} = headers;
  response.writeHead(status, {...kept, ...(status === 204 ? {} : {'content-length': body.length})}).end(body);
}

/** The event that an answer holds, as text: its attributes and its data. */
function contentOf({headers, body}: Answer): string {
  const attributes = Object.entries(headers).filter(([name]) => name.startsWith('ce-'));
  return JSON.stringify([attributes.sort(), body.toString('utf8')]);
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
