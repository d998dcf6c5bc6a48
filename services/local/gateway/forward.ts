import http, {type IncomingHttpHeaders, type IncomingMessage, type ServerResponse} from 'node:http';
import {refuse} from './gateway.ts';

const agent = new http.Agent({keepAlive: true});

/** Headers that belong to one connection and not to the message (RFC 9110 §7.6.1). */
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** Passes a request on to a service, and its answer back, as both stream by. */
export function forward(
  serviceUrl: string,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  return new Promise((resolve) => {
    const outgoing = open(serviceUrl, path, request);
    let isAnswered = false;
    outgoing.on('response', (answer) => {
      isAnswered = true;
      response.writeHead(answer.statusCode ?? 502, withoutHopByHop(answer.headers));
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    outgoing.on('error', (error) => {
      // What the client still sends has nowhere to go, but it has to send it to see the answer.
      request.unpipe(outgoing);
      request.resume();
      if (isAnswered) return;
      refuse(response, 502, `The service broke off: ${error.message}.`);
    });
    response.on('close', () => {
      outgoing.destroy();
      resolve();
    });
    request.pipe(outgoing);
  });
}

/** Passes a request on and reads the whole answer. @throws Error when the service or the client breaks off. */
export function ask(
  serviceUrl: string,
  path: string,
  request: IncomingMessage,
): Promise<{status: number; headers: IncomingHttpHeaders; body: Buffer}> {
  return new Promise((resolve, reject) => {
    const outgoing = open(serviceUrl, path, request);
    outgoing.on('response', (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 502,
          headers: withoutHopByHop(answer.headers),
          body: Buffer.concat(chunks),
        }),
      );
      answer.on('error', reject);
    });
    outgoing.on('error', (error) => {
      request.unpipe(outgoing);
      request.resume();
      reject(error);
    });
    request.on('close', () => {
      if (!request.complete) outgoing.destroy(new Error('the client broke off'));
    });
    request.pipe(outgoing);
  });
}

function open(serviceUrl: string, path: string, request: IncomingMessage): http.ClientRequest {
  const {hostname, port} = new URL(serviceUrl);
  const headers = withoutHopByHop(request.headers);
  const isUnsized = request.headers['transfer-encoding'] !== undefined;
  if (isUnsized) headers['transfer-encoding'] = 'chunked';
  // Admitted already: to the service an Origin of our own would look like a web page's.
  delete headers['origin'];
  delete headers['expect'];
  return http.request({hostname, port, path, method: request.method, headers, agent});
}

function withoutHopByHop(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const kept = {...headers};
  const named = headers.connection?.toLowerCase().split(/[,\s]+/) ?? [];
  for (const name of [...hopByHop, ...named]) delete kept[name];
  return kept;
}
