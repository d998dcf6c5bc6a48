import type {Selectable} from 'kysely';
import type {deadletterKept, letterShown, lettersShown} from '#events';
import {type DoorContext, type DoorRequest, decode, type Represented, structured} from '#kit';
import type {LetterTables} from './tables.ts';

type Context = DoorContext<LetterTables, typeof deadletterKept>;

/** The latest dead letters: `document` for those of one document, `limit` (50, at most 500). */
export async function showLetters(
  request: DoorRequest,
  {database}: Context,
): Promise<Represented<typeof lettersShown>> {
  const {document, limit = '50'} = request.query;
  if (!/^\d+$/.test(String(limit)))
    return request.throw(
      400,
      `Expected \`limit\` to be a whole number from 1, got ${JSON.stringify(limit)}.`,
    );
  let query = database
    .selectFrom('letters')
    .selectAll()
    .orderBy('kept_at', 'desc')
    .limit(Math.min(Math.max(Number(limit), 1), 500));
  if (document !== undefined) query = query.where('document_id', '=', String(document));
  const letters = await query.execute();
  return {letters: letters.map(letterView)};
}

/** One dead letter, with the event as it came. */
export async function showLetter(
  request: DoorRequest,
  {database}: Context,
): Promise<Represented<typeof letterShown>> {
  const {id = ''} = request.params;
  const letter = await database
    .selectFrom('letters')
    .selectAll()
    .where('letter_id', '=', id)
    .executeTakeFirst();
  if (letter === undefined) return request.throw(404, `There is no dead letter ${JSON.stringify(id)}.`);
  const event = decode({'content-type': 'application/cloudevents+json'}, Buffer.from(letter.event));
  return {...letterView(letter), event: structured(event)};
}

function letterView(letter: Selectable<LetterTables['letters']>) {
  const {letter_id: letterId, document_id: documentId, source, id, type, code, destination, message} = letter;
  return {
    letterId,
    documentId,
    event: {source, id, type},
    trigger: letter.trigger_name,
    code,
    destination,
    message,
    keptAt: letter.kept_at,
  };
}
