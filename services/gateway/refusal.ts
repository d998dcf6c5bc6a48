import type {IncomingMessage, OutgoingHttpHeaders, ServerResponse} from 'node:http';
import {endWhenSent} from '#kit/wire';

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

/** Answers with one sentence, as JSON, and lets by what is still being sent. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  {status, message, headers = {}}: {status: number; message: string; headers?: OutgoingHttpHeaders},
): void {
  response.write(begin(response, {status, headers, object: {error: message}}));
  endWhenSent(request, response);
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
