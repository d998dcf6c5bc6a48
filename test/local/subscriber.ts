import {createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse} from 'node:http';
import type {ExecutionContext} from 'ava';

export interface Received {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Subscriber {
  readonly url: string;
  readonly received: Received[];
  /** Resolves when so many requests have come in. */
  until(count: number): Promise<void>;
}

/** A server that events are delivered to; it answers 202 unless told otherwise. */
export async function subscriber(
  t: ExecutionContext,
  answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => unknown = accept,
): Promise<Subscriber> {
  const received: Received[] = [];
  const waiting: {count: number; resolve: () => void}[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const {method = '', url = '', headers} = request;
    received.push({method, url, headers, body});
    await answer(request, response, body);
    for (const {count, resolve} of waiting) if (received.length >= count) resolve();
  });
  const url = await new Promise<string>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
    });
  });
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url,
    received,
    until(count) {
      if (received.length >= count) return Promise.resolve();
      return new Promise((resolve) => waiting.push({count, resolve}));
    },
  };
}

function accept(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(202).end();
}
