import type {IncomingMessage} from 'node:http';

/** Memory that a body takes while it arrives, where several share some. */
export interface Holding {
  /** Asks for so many bytes more; undefined where they are there at once. */
  take(length: number): Promise<void> | undefined;
  /** Says that all of the body has arrived. */
  whole(): void;
}

/**
 * Reads the whole body of a request; resolves as soon as it is known to be too long. What is too long is read on and
 * thrown away, up to some measure: a client that is cut off while it sends sees a broken connection and never the answer.
 *
 * @param limit in bytes
 * @param holding of memory; while there is none the request is not read on (default: there is always some)
 */
export function readBody(
  request: IncomingMessage,
  limit: number,
  holding?: Holding,
): Promise<Buffer | 'too-large' | 'broken-off'> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let length = 0;
    if (Number(request.headers['content-length'] ?? 0) > limit) resolve('too-large');
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) {
        chunks.push(chunk);
        const given = holding?.take(chunk.length);
        if (given === undefined) return;
        request.pause();
        void given.then(() => request.resume());
        return;
      }
      chunks = [];
      resolve('too-large');
      if (length > limit + mostThrownAway) request.destroy();
    });
    request.on('end', () => {
      holding?.whole();
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length));
    });
    request.on('error', () => resolve('broken-off'));
    request.on('close', () => resolve('broken-off'));
  });
}

/** A client that sends more than this too much is cut off. */
const mostThrownAway = 256 * 1024 * 1024;
