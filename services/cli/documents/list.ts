import {isObject, type JsonObject, listAt, textAt} from '#kit/json';
import {objectOf} from '../server/answer.ts';
import type {Server} from '../server/connect.ts';

/** Most documents asked for in one request. */
const pageSize = 200;

/**
 * The latest documents, read page by page.
 *
 * @returns at most `limit` of them, and whether there are more
 */
export async function listDocuments(
  server: Server,
  {status, limit}: {readonly status: string | undefined; readonly limit: number},
): Promise<{documents: JsonObject[]; more: boolean}> {
  const documents: JsonObject[] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({limit: String(Math.min(pageSize, limit - documents.length))});
    if (status !== undefined) query.set('status', status);
    if (cursor !== undefined) query.set('cursor', cursor);
    const page = objectOf(
      await server.request(`/api/archive/documents?${query}`, {headers: {accept: 'application/json'}}),
    );
    const found = listAt(page, 'documents').filter(isObject);
    documents.push(...found);
    // A page of nothing that promises another would be asked for forever.
    cursor = found.length === 0 ? undefined : textAt(page, 'next');
  } while (cursor !== undefined && documents.length < limit);
  return {documents: documents.slice(0, limit), more: cursor !== undefined || documents.length > limit};
}
