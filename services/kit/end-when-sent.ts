import type {IncomingMessage, ServerResponse} from 'node:http';

/** Bytes of a request that are still read once it was answered. */
const mostReadAway = 64 * 1024 * 1024;

/**
 * Ends an answer that was written when its request has been sent, and lets by what still comes of that: an end may close the
 * connection under what is being sent, and then its sender sees a broken connection and never the answer.
 */
export function endWhenSent(request: IncomingMessage, response: ServerResponse): void {
  if (request.readableEnded || request.destroyed) {
    response.end();
    return;
  }
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > mostReadAway) request.destroy();
  });
  request.on('error', () => {});
  for (const over of ['end', 'close']) request.once(over, () => response.end());
  request.resume();
}
