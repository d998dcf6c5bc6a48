import {setTimeout as wait} from 'node:timers/promises';
import {type Answer, ConnectionLost, Unreachable} from './connect.ts';

/** Most attempts at one request. */
const attempts = 6;

/**
 * Sends a request again, later and later, while the connection breaks, the server is not available (502, 503, 504) or
 * asks for fewer requests (429), and not before it asks to be asked again. The request must mean the same thing each
 * time: it carries an idempotency key or an id.
 * A server that is gone after it had been there is taken to be restarting.
 *
 * @param send makes the request anew: a body can be read once
 * @returns the last answer, which may still be a 503 or a 429
 * @throws what the last attempt threw
 */
export async function withRetries(send: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  let wasThere = false;
  for (let attempt = 1; ; attempt++) {
    let askedMs = 0;
    try {
      const answer = await send();
      if (!isForLater(answer) || attempt === attempts) return answer;
      askedMs = retryAfterMs(answer) ?? 0;
    } catch (error) {
      const again = error instanceof ConnectionLost || (error instanceof Unreachable && wasThere);
      if (!again || attempt === attempts) throw error;
    }
    wasThere = true;
    await pause(Math.max(askedMs, backOffMs(attempt)), signal);
  }
}

/** The server is there, but can't take anything just now, or nothing more of us. */
export function isForLater({status}: Answer): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504;
}

/** Milliseconds that the server asks to be left alone for, at most half a minute; undefined: it doesn't say. */
export function retryAfterMs({headers}: Answer): number | undefined {
  const text = headers.get('retry-after') ?? '';
  return /^\d+$/.test(text) ? Math.min(Number(text), 30) * 1000 : undefined;
}

/**
 * Waits.
 *
 * @throws the signal's reason when it is aborted
 */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(ms, undefined, {signal});
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/** 0.25 s, doubled with each attempt, less up to a half so that many clients don't come back together. */
function backOffMs(attempt: number): number {
  return 250 * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
}
