import {listAt, parsed, textAt} from '#kit/json';
import {oneLine} from '../output/cell.ts';
import {isSuccess} from '../server/answer.ts';
import type {Server} from '../server/connect.ts';

/** How long the question may take that only explains another answer. */
const patienceMs = 2_000;

/**
 * Why a document does not go on just now, such as a service that does not start, as a DIP on one machine knows it of its
 * own deliveries. Undefined where nothing holds it, or nobody can say: on a cluster, or without the right to ask.
 */
export async function heldFor(server: Server, documentId: string): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const answer = await server.request(`/?subject=${encodeURIComponent(documentId)}`, {signal});
    if (!isSuccess(answer)) return undefined;
    const reasons = listAt(parsed(answer.text), 'held').map((held) => oneLine(textAt(held, 'reason') ?? ''));
    return [...new Set(reasons)].join(' ') || undefined;
  } catch {
    return undefined;
  }
}
