import type {IncomingMessage} from 'node:http';

/**
 * Reads the whole body of a request; resolves as soon as it is known to be too long. What is too long is read on and
 * thrown away, up to some measure: a client that is cut off while it sends sees a broken connection and never the answer.
 *
 * @param limit in bytes
 */
export function readBody(
  request: IncomingMessage,
  limit: number,
): Promise<Buffer | 'too-large' | 'broken-off'> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let length = 0;
    if (Number(request.headers['content-length'] ?? 0) > limit) resolve('too-large');
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) {
        chunks.push(chunk);
        return;
      }
      chunks = [];
      resolve('too-large');
      if (length > limit + mostThrownAway) request.destroy();
    });
    request.on('end', () => {
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length));
    });
    request.on('error', () => resolve('broken-off'));
    request.on('close', () => resolve('broken-off'));
  });
}

/** A client that sends more than this too much is cut off. */
const mostThrownAway = 256 * 1024 * 1024;
