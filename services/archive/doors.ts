import type {SelectQueryBuilder} from 'kysely';
import {
  type alarmsShown,
  type documentShown,
  type documentsShown,
  ends,
  type factsShown,
  underWay,
} from '#events';
import {
  type DoorContext,
  type DoorRequest,
  identity,
  keyText,
  preferredWait,
  type Represented,
  structured,
} from '#kit';
import {statusOfTold, tell} from './document.ts';
import {eventOf, factsOf} from './facts.ts';
import type {Kept} from './kept.ts';
import type {ArchiveTables} from './tables.ts';
import {factView, summaryOf} from './view.ts';

type Context = DoorContext<ArchiveTables, never, Kept>;

/** Another process of the archive may keep what is waited for: so the database is asked this often. */
const askAgainMs = 200;

/**
 * How one document stands, with the words from its blobs and its facts in order. `Prefer: wait=<seconds>` holds
 * the answer back until the document has ended, or the time is over.
 */
export async function showDocument(
  request: DoorRequest,
  {started: kept, database, blobs}: Context,
): Promise<Represented<typeof documentShown>> {
  const {id = ''} = request.params;
  const deadline = Date.now() + (preferredWait(request.get('Prefer')) ?? 0) * 1000;
  for (;;) {
    // Listened for before it is looked up, so that nothing falls between.
    const change = kept.next(id, Math.max(0, Math.min(askAgainMs, deadline - Date.now())));
    const isOver = Date.now() >= deadline || request.req.destroyed;
    // While it waits, its row says enough: to read all of its facts at each of them would cost their square.
    if (isOver || (await hasEnded(database, id))) {
      const facts = await factsOf(database, id);
      const told = tell(facts);
      const status = statusOfTold(told);
      if (status === undefined && isOver)
        return request.throw(
          404,
          `There is no document ${JSON.stringify(id)}, or nothing about it has arrived yet.`,
        );
      if (status !== undefined && (ends[status] || isOver)) {
        // What was waited for has come (RFC 7240 §3): the way in tells an end from a time that is over by it.
        if (ends[status]) request.set('Preference-Applied', 'wait');
        return {...(await summaryOf(id, told, blobs)), facts: facts.map(factView)};
      }
    }
    await change;
  }
}

/** Whether a document has ended by what was last put down of it. */
async function hasEnded(database: Context['database'], id: string): Promise<boolean> {
  const row = await database
    .selectFrom('documents')
    .select('position')
    .where('document_id', '=', id)
    .where('status', 'not in', underWay)
    .executeTakeFirst();
  return row !== undefined;
}

/** Documents that are read at once: their words may be far away, and one after the other they would take seconds a page. */
const atOnce = 8;

/**
 * The latest documents, without their facts: `status`, `inWorkLongerThan` (seconds since the archive first heard of one
 * that has not ended), `limit` (50, at most 500) and `cursor`, the `next` of the last page.
 */
export async function showDocuments(
  request: DoorRequest,
  {database, blobs}: Context,
): Promise<Represented<typeof documentsShown>> {
  refuseOthers(request, ['status', 'inWorkLongerThan', 'limit', 'cursor']);
  const {status, limit, cursor} = {
    status: queryOf(request, 'status'),
    limit: limitOf(request, 50),
    cursor: queryOf(request, 'cursor'),
  };
  let query = database.selectFrom('documents');
  if (status !== undefined) query = query.where('status', '=', status);
  const longerThan = queryOf(request, 'inWorkLongerThan');
  if (longerThan !== undefined) {
    const seconds = secondsOf(request, 'inWorkLongerThan', longerThan);
    const latest = new Date(Date.now() - seconds * 1000).toISOString();
    query = query
      .where('status', 'in', underWay)
      .where(({exists, selectFrom}) =>
        exists(
          selectFrom('facts')
            .select('facts.position')
            .whereRef('facts.subject', '=', 'documents.document_id')
            .where('facts.kept_at', '<=', latest),
        ),
      );
  }
  const total = cursor === undefined ? await countOf(database, query) : undefined;
  if (cursor !== undefined) query = query.where('position', '<', positionOf(request, 'cursor', cursor));
  const rows = await query
    .selectAll()
    .orderBy('position', 'desc')
    .limit(limit + 1)
    .execute();
  const documents: Represented<typeof documentsShown>['documents'] = [];
  const ids = rows.slice(0, limit).map((row) => row.document_id);
  const summary = async (id: string) => summaryOf(id, tell(await factsOf(database, id)), blobs);
  for (let first = 0; first < ids.length; first += atOnce)
    documents.push(...(await Promise.all(ids.slice(first, first + atOnce).map(summary))));
  const next = rows.length > limit ? String(rows[limit - 1]?.position) : null;
  return {documents, next, ...(total === undefined ? {} : {total})};
}

/** Most documents that are counted for a list: some milliseconds. */
const mostCounted = 10_000;

/** How many documents a query finds; null: more than are counted. */
async function countOf(
  database: Context['database'],
  query: SelectQueryBuilder<ArchiveTables, 'documents', object>,
): Promise<number | null> {
  const some = query
    .select('position')
    .limit(mostCounted + 1)
    .as('some');
  const {count} = await database
    .selectFrom(some)
    .select(({fn}) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count) > mostCounted ? null : Number(count);
}

/** Events as they were kept, in order of arrival: `type`, `subject`, `limit` (100, at most 500) and `after`, a position. */
export async function showFacts(
  request: DoorRequest,
  {database}: Context,
): Promise<Represented<typeof factsShown>> {
  refuseOthers(request, ['type', 'subject', 'limit', 'after']);
  const [type, subject, after] = ['type', 'subject', 'after'].map((name) => queryOf(request, name));
  const limit = limitOf(request, 100);
  let query = database
    .selectFrom('facts')
    .select(['position', 'kept_at', 'event'])
    .orderBy('position')
    .limit(limit + 1);
  if (type !== undefined) query = query.where('type', '=', keyText(type));
  if (subject !== undefined) query = query.where('subject', '=', keyText(subject));
  if (after !== undefined) query = query.where('position', '>', positionOf(request, 'after', after));
  const rows = await query.execute();
  const facts = rows
    .slice(0, limit)
    .map((row) => ({position: row.position, keptAt: row.kept_at, event: structured(eventOf(row.event))}));
  return {facts, next: rows.length > limit ? String(facts.at(-1)?.position) : null};
}

/** Events whose id had come before with other content. There should be none. */
export async function showAlarms(
  request: DoorRequest,
  {database}: Context,
): Promise<Represented<typeof alarmsShown>> {
  refuseOthers(request, ['limit']);
  const rows = await database
    .selectFrom('alarms')
    .selectAll()
    .orderBy('position', 'desc')
    .limit(limitOf(request, 100))
    .execute();
  return {
    alarms: rows.map((row) => {
      const event = eventOf(row.event);
      const {source, id} = identity(event);
      return {source, id, raisedAt: row.raised_at, event: structured(event)};
    }),
  };
}

/** A misspelt parameter would be a question that nobody asked, and of pages it would be the first for ever. */
function refuseOthers(request: DoorRequest, known: readonly string[]): void {
  const other = Object.keys(request.query).find((name) => !known.includes(name));
  if (other === undefined) return;
  const expected = known.map((name) => `\`${name}\``).join(', ');
  request.throw(400, `Expected no parameter but ${expected}, got ${JSON.stringify(other.slice(0, 80))}.`);
}

function queryOf(request: DoorRequest, name: string): string | undefined {
  const value = request.query[name];
  return Array.isArray(value) ? value[0] : value;
}

function limitOf(request: DoorRequest, usual: number): number {
  const text = queryOf(request, 'limit') ?? String(usual);
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1) return Math.min(limit, 500);
  return request.throw(400, `Expected \`limit\` to be a whole number from 1, got ${JSON.stringify(text)}.`);
}

function secondsOf(request: DoorRequest, name: string, text: string): number {
  if (/^\d{1,9}(\.\d{1,3})?$/.test(text)) return Number(text);
  return request.throw(400, `Expected \`${name}\` to be a number of seconds, got ${JSON.stringify(text)}.`);
}

function positionOf(request: DoorRequest, name: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  return request.throw(
    400,
    `Expected \`${name}\` to be a position as an earlier answer gave it, got ${JSON.stringify(text)}.`,
  );
}
