import type {Kysely} from 'kysely';
import {type CloudEvent, decode} from '#kit';
import type {ArchiveTables} from './tables.ts';

/** The facts about one document, in order of arrival. */
export async function factsOf(database: Kysely<ArchiveTables>, documentId: string): Promise<CloudEvent[]> {
  const rows = await database
    .selectFrom('facts')
    .select('event')
    .where('subject', '=', documentId)
    .orderBy('position')
    .execute();
  return rows.map(({event}) => eventOf(event));
}

/** The last of a document's facts of some types, in order of arrival. */
export async function latestFactsOf(
  database: Kysely<ArchiveTables>,
  documentId: string,
  {types, limit}: {types: ReadonlySet<string>; limit: number},
): Promise<CloudEvent[]> {
  const rows = await database
    .selectFrom('facts')
    .select('event')
    .where('subject', '=', documentId)
    .where('type', 'in', [...types])
    .orderBy('position', 'desc')
    .limit(limit)
    .execute();
  return rows.reverse().map(({event}) => eventOf(event));
}

/** An event as it was kept. */
export function eventOf(bytes: Uint8Array): CloudEvent {
  return decode({'content-type': 'application/cloudevents+json'}, Buffer.from(bytes));
}
