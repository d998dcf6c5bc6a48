import type {IncomingMessage, OutgoingHttpHeaders, ServerResponse} from 'node:http';
import {buffer} from 'node:stream/consumers';
import {makeRequest, traceHeaders} from '#kit/wire';
import {agent, wholeOf} from './forward.ts';
import {headersForPerson} from './headers.ts';
import type {FrontDoor, Services} from './services.ts';

/** An answer that says where to look for what becomes of the request (RFC 9110 §15.3.3). */
export function isFollowed({statusCode, headers}: IncomingMessage): boolean {
  return statusCode === 202 && headers.location !== undefined;
}

/** Where the outcome is, and who asks for it. */
export interface FollowUp {
  readonly door: FrontDoor;
  readonly services: Services;
  readonly headers: OutgoingHttpHeaders;
  readonly seconds: number;
}

/**
 * Waits for what becomes of something that was taken, `Prefer: wait=<seconds>` (RFC 7240 §4.3): asks at the door that
 * the answer's `Location` names, until it has ended or the time is over. The service that took it never waits itself:
 * what follows is none of its business.
 *
 * Who hears 200 hears how it ended; 202 says that it has not, or that nobody could tell.
 *
 * @throws Refusal when the service breaks off in the midst of its receipt.
 */
export async function follow(
  receipt: IncomingMessage,
  followUp: FollowUp,
  response: ServerResponse,
): Promise<void> {
  const taken = await wholeOf(receipt);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  // It is in, whatever the other service says: its failure is no failure of ours.
  const standing = await ask(followUp, gone.signal).catch(() => undefined);
  const isKnown = standing?.statusCode === 200;
  const hasEnded = isKnown && standing.headers['preference-applied'] !== undefined;
  const described = isKnown ? standing.headers : receipt.headers;
  // What the receipt says beside its body, such as that it is a repeat, is true of the outcome as well.
  const {'content-length': _, ...beside} = receipt.headers;
  response.writeHead(hasEnded ? 200 : 202, {
    ...headersForPerson({...beside, 'content-type': described['content-type'] ?? 'application/octet-stream'}),
    'preference-applied': `wait=${followUp.seconds}`,
  });
  response.end(isKnown ? standing.body : taken);
}

/** The other service waits as long as it is asked to; it may have to start before. */
const longestStartMs = 30_000;

interface Standing {
  readonly statusCode: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

async function ask({services, door, headers, seconds}: FollowUp, gone: AbortSignal): Promise<Standing> {
  const lease = await services.acquire(door.service);
  try {
    const answer = await makeRequest(`${lease.url}${door.path}`, {
      headers: {...headers, ...traceHeaders(), prefer: `wait=${seconds}`},
      signal: AbortSignal.any([gone, AbortSignal.timeout(seconds * 1000 + longestStartMs)]),
      agent,
      // A connection that was about to be closed would be taken for a service that knows nothing.
      isRepeatable: true,
    });
    return {statusCode: answer.statusCode, headers: answer.headers, body: await buffer(answer)};
  } finally {
    lease.release();
  }
}
