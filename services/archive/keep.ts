import type {Transaction} from 'kysely';
import {isDocumentId} from '#events';
import {type After, attribute, type CloudEvent, encodeStructured, identity, keyText, type Log} from '#kit';
import {contentHash} from './content-hash.ts';
import {foldedTypes} from './document.ts';
import type {Kept} from './kept.ts';
import {project} from './project.ts';
import type {ArchiveTables} from './tables.ts';

/** Who hears of what was kept, once it is. */
interface Told {
  readonly after: After;
  readonly log: Log;
  readonly kept: Kept;
}

/**
 * Keeps an event, once. One that is known already is passed over when it says the same; when it says something
 * else it is kept beside as an alarm, never silently.
 */
export async function keep(
  event: CloudEvent,
  transaction: Transaction<ArchiveTables>,
  told: Told,
): Promise<void> {
  const {source, id, type, subject} = keysOf(event);
  const hash = contentHash(event);
  const bytes = encodeStructured(event).body;
  const now = new Date().toISOString();
  const {numInsertedOrUpdatedRows} = await transaction
    .insertInto('facts')
    .values({source, id, type, subject, hash, event: bytes, kept_at: now})
    .onConflict((conflict) => conflict.columns(['source', 'id']).doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n)
    return raiseAlarm(transaction, {source, id, hash, event: bytes, raised_at: now}, told);
  if (subject !== null && isDocumentId(subject) && foldedTypes.has(type)) await project(transaction, subject);
  told.after(() => told.kept.emit(subject ?? ''));
}

/** What an event is looked up by. */
function keysOf(event: CloudEvent) {
  const {source, id, type} = identity(event);
  const subject = attribute(event, 'subject');
  return {
    source: keyText(source),
    id: keyText(id),
    type: keyText(type),
    subject: subject === undefined ? null : keyText(subject),
  };
}

async function raiseAlarm(
  transaction: Transaction<ArchiveTables>,
  alarm: {source: string; id: string; hash: string; event: Uint8Array; raised_at: string},
  {after, log}: Told,
): Promise<void> {
  const {source, id, hash} = alarm;
  const first = await transaction
    .selectFrom('facts')
    .select('hash')
    .where('source', '=', source)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  if (first.hash === hash) return;
  await transaction
    .insertInto('alarms')
    .values(alarm)
    .onConflict((conflict) => conflict.columns(['source', 'id', 'hash']).doNothing())
    .execute();
  const sentence = 'One id came with two contents: a service or a broker changed an event.';
  after(() => log('error', sentence, {source, id, first: first.hash, second: hash}));
}
