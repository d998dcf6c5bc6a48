import type {IncomingMessage, OutgoingHttpHeaders, ServerResponse} from 'node:http';

/** A request that is not served: the status and the sentence that the person hears. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;

  constructor(
    status: number,
    sentence: string,
    options: ErrorOptions & {headers?: OutgoingHttpHeaders} = {},
  ) {
    const {headers = {}, ...cause} = options;
    super(sentence, cause);
    this.status = status;
    this.headers = headers;
  }
}

/** Bytes of a refused request that are still read: a sender that is cut off while it sends never sees the answer. */
const mostReadAway = 64 * 1024 * 1024;

/** Answers with one sentence, as JSON, and lets by what is still being sent. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  {status, message, headers = {}}: {status: number; message: string; headers?: OutgoingHttpHeaders},
): void {
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > mostReadAway) request.destroy();
  });
  request.on('error', () => {});
  response.write(begin(response, {status, headers, object: {error: message}}));
  // Said at once, and ended when the sender is done: an end may close the connection under what is still being sent.
  if (request.readableEnded || request.destroyed) response.end();
  for (const over of ['end', 'close']) request.once(over, () => response.end());
  request.resume();
}

/** Answers with an object of our own, as JSON. */
export function answerJson(response: ServerResponse, answer: {status: number; object: object}): void {
  response.end(begin(response, answer));
}

/** Writes the head of an answer, and returns its body. */
function begin(
  response: ServerResponse,
  {status, object, headers = {}}: {status: number; object: object; headers?: OutgoingHttpHeaders},
): string {
  const body = `${JSON.stringify(object, null, 2)}\n`;
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  });
  return body;
}
