import {setTimeout as wait} from 'node:timers/promises';
import type {Kysely, Selectable} from 'kysely';
import {type Blobs, decode, unlessErased, wordsOf} from '#kit';
import {bytesOf, referenceTo} from './letter.ts';
import type {LetterTables} from './tables.ts';

type Letter = Selectable<LetterTables['letters']>;

/** Letters moved in one go. */
const usualBatch = 20;

/**
 * Moves words out of the table into blobs, where erasing a document finds them: DIP 0.1 kept them there, and a replica of
 * it may still do so during a rollout. The blobs are written before the row lets go of its words, and to the same names
 * each time: killed in between or done by several at once, nothing is lost and nothing is there twice.
 */
export async function moveWords(
  {database, blobs}: {database: Kysely<LetterTables>; blobs: Blobs},
  {batch = usualBatch, signal}: {batch?: number; signal?: AbortSignal} = {},
): Promise<void> {
  while (signal?.aborted !== true) {
    const letters = await database
      .selectFrom('letters')
      .selectAll()
      .where('content', 'is', null)
      .limit(batch)
      .execute();
    for (const letter of letters) {
      const moved = await keepAsBlobs(letter, blobs);
      const emptied = {destination: null, message: null, event: new Uint8Array()};
      await database
        .updateTable('letters')
        .set({...moved, ...emptied})
        .where('letter_id', '=', letter.letter_id)
        .execute();
    }
    if (letters.length < batch) return;
    await wait(1);
  }
}

async function keepAsBlobs({document_id, letter_id, destination, message, ...letter}: Letter, blobs: Blobs) {
  const owner = {documentId: document_id, eventId: letter_id};
  const event = decode({'content-type': 'application/cloudevents+json'}, Buffer.from(letter.event));
  const cause = wordsOf(owner, 'cause', {destination, message});
  const content = wordsOf(owner, 'event', bytesOf(event));
  // Of a document's letter the cause was a blob before: where it is gone, the document was erased.
  const isErased = document_id !== null && (await unlessErased(() => blobs.read(cause.ref))) === null;
  if (!isErased) for (const {ref, bytes} of [cause, content]) await blobs.write(ref, bytes);
  return {cause: cause.ref, content: content.ref, ...referenceTo(event)};
}
