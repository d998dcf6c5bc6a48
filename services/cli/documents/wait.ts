import {documentShown} from '#events';
import {shownBy} from '../server/answer.ts';
import {ConnectionLost, type Server, Unreachable} from '../server/connect.ts';
import {isForLater, pause} from '../server/retry.ts';
import {type Document, hasEnded} from './outcome.ts';

/** Longest that the server is asked to hold one answer back. */
const holdSeconds = 10;

/**
 * Follows a document until it has ended. The server holds each answer back until then or for ten seconds; one
 * that answers at once is asked less and less often, down to once a second. The archive hears of a document
 * a moment after it was taken, so "not found" means "not yet".
 *
 * @param seen is told each state of the document
 * @throws the signal's reason when it is aborted: nothing else ends the waiting
 * @throws Failure an answer that waiting can't mend, such as a missing token
 */
export async function waitForEnd(
  server: Server,
  documentId: string,
  signal: AbortSignal,
  seen: (document: Document) => void,
): Promise<void> {
  for (let askAgainMs = 50; ; askAgainMs = Math.min(askAgainMs * 2, 1000)) {
    const document = await ask(server, documentId, signal);
    if (document) seen(document);
    if (document && hasEnded(document)) return;
    await pause(askAgainMs, signal);
  }
}

async function ask(server: Server, documentId: string, signal: AbortSignal): Promise<Document | undefined> {
  const headers = {accept: 'application/json', prefer: `wait=${holdSeconds}`};
  try {
    const answer = await server.request(documentPath(documentId), {headers, signal});
    if (answer.status === 404 || isForLater(answer)) return undefined;
    return shownBy(answer, documentShown);
  } catch (error) {
    if (error instanceof ConnectionLost || error instanceof Unreachable) return undefined;
    throw error;
  }
}

/** Where the archive keeps a document. */
export function documentPath(documentId: string): string {
  return `/api/archive/documents/${encodeURIComponent(documentId)}`;
}
