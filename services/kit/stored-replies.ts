import {type Kysely, sql, type Transaction} from 'kysely';
import {attribute, type CloudEvent, identity} from './cloudevent.ts';
import {formatStructured, parseStructured} from './codec/structured.ts';
import type {After, Commit} from './commit-together.ts';
import {keyText} from './database/key-text.ts';
import type {Nothing} from './reach.ts';

/** What a service answered to an event: an event, or nothing. */
export type Reply = CloudEvent | undefined;

/**
 * The replies of a service, by the event that caused each. One id must always mean the same bytes, though the
 * model, the rules or the clock have changed between two deliveries of its cause: so the first reply stands.
 */
export interface StoredReplies {
  /** The reply to an event handled before; undefined when it was not. */
  find(cause: CloudEvent, among: Among): Promise<{reply: Reply} | undefined>;
  /**
   * Stores a reply together with the service's own changes, and returns it. Where another process was faster,
   * nothing is changed and its reply is returned.
   */
  store(handled: Handled): Promise<Reply>;
}

/** An event, what was answered to it, and what the service changes along with it. */
export interface Handled {
  cause: CloudEvent;
  among: Among;
  /** Told in the transaction, once the changes are made; it may be asked several times until that is kept. */
  reply: (transaction: Transaction<Nothing>) => Promise<Reply>;
  change: Change;
}

/** What tells apart several answers to one cause: no words, or the occurrence of the cause, or the part of what is published. */
export type Among = readonly string[];

export type Change = (transaction: Transaction<Nothing>, after: After) => Promise<void>;

/** The table that `openService` makes. */
type RepliesTable = {replies: {source: string; id: string; reply: Uint8Array | null}};

/** Replies in that table. */
export function storedReplies(database: Kysely<Nothing>, commit: Commit<Nothing>): StoredReplies {
  return {
    find: (cause, among) => select(database, keyOf(cause, among)),
    store: ({cause, among, reply: replyIn, change}) =>
      commit(async (transaction, after) => {
        const key = keyOf(cause, among);
        const earlier = await select(transaction, key);
        if (earlier !== undefined) return earlier.reply;
        await change(transaction, after);
        const reply = await replyIn(transaction);
        const bytes = reply === undefined ? null : formatStructured(reply);
        await sql`insert into replies (source, id, reply, stored_at)
          values (${key.source}, ${key.id}, ${bytes}, ${new Date().toISOString()})`.execute(transaction);
        return reply;
      }),
  };
}

interface Key {
  source: string;
  id: string;
}

async function select(database: Kysely<Nothing>, {source, id}: Key): Promise<{reply: Reply} | undefined> {
  const row = await database
    .withTables<RepliesTable>()
    .selectFrom('replies')
    .select('reply')
    .where('source', '=', source)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {reply: row.reply === null ? undefined : parseStructured(Buffer.from(row.reply))};
}

/**
 * A replay made to repair is to be handled anew: its `replayid` makes it another cause. Written as JSON, as no id
 * must look like another one's with a replay or a part.
 */
function keyOf(cause: CloudEvent, among: Among): Key {
  const {source, id} = identity(cause);
  const parts = JSON.stringify([id, attribute(cause, 'replayid') ?? null, ...among]);
  return {source: keyText(source), id: keyText(parts)};
}
