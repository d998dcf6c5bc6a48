import {documentsShown} from '#events';
import type {Represented} from '#kit';
import {shownBy} from '../server/answer.ts';
import type {Server} from '../server/connect.ts';

/** A document without its facts. */
type Summary = Represented<typeof documentsShown>['documents'][number];

/** Most documents asked for in one request. */
const pageSize = 200;

/** Which documents. */
export interface Listing {
  readonly status: string | undefined;
  /** Only those that have not ended for so long. (Default: all) */
  readonly inWorkLongerThanMs?: number | undefined;
  readonly limit: number;
}

/**
 * The latest documents, read page by page.
 *
 * @returns at most `limit` of them, and how many there are; undefined: more than these, and nobody counted
 */
export async function listDocuments(
  server: Server,
  {status, inWorkLongerThanMs, limit}: Listing,
): Promise<{documents: Summary[]; total: number | undefined}> {
  const documents: Summary[] = [];
  let cursor: string | undefined;
  let total: number | undefined;
  do {
    const query = new URLSearchParams({limit: String(Math.min(pageSize, limit - documents.length))});
    if (status !== undefined) query.set('status', status);
    if (inWorkLongerThanMs !== undefined) query.set('inWorkLongerThan', String(inWorkLongerThanMs / 1000));
    if (cursor !== undefined) query.set('cursor', cursor);
    const page = shownBy(
      await server.request(`/api/archive/documents?${query}`, {headers: {accept: 'application/json'}}),
      documentsShown,
    );
    documents.push(...page.documents);
    total ??= page.total ?? undefined;
    // A page of nothing that promises another would be asked for forever.
    cursor = page.documents.length === 0 ? undefined : (page.next ?? undefined);
  } while (cursor !== undefined && documents.length < limit);
  const shown = documents.slice(0, limit);
  const isAll = cursor === undefined && documents.length <= limit;
  // Documents come in while pages are read: the count is of the first.
  if (isAll) return {documents: shown, total: shown.length};
  return {documents: shown, total: total !== undefined && total > shown.length ? total : undefined};
}
