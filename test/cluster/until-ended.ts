import {setTimeout as wait} from 'node:timers/promises';
import {documentsOf, type ShownDocument} from '../flow/archive.ts';

const limitMs = 300_000;

/** Waits until every document has ended, those that came in as attachments too. */
export async function untilEnded(
  {url, headers}: {url: string; headers: Record<string, string>},
  accepted: readonly string[],
): Promise<void> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const documents = await documentsOf(url, {headers}).catch((): ShownDocument[] => []);
    const ended = new Set(
      documents.filter(({status}) => status !== 'in-work').map(({documentId}) => documentId),
    );
    const left = accepted.filter((documentId) => !ended.has(documentId));
    if (documents.length > 0 && left.length === 0 && ended.size === documents.length) return;
    if (Date.now() > deadline) {
      const some = left.slice(0, 5).join(', ');
      throw new Error(`${left.length} documents did not end within ${limitMs} ms, such as ${some}.`);
    }
    await wait(500);
  }
}
