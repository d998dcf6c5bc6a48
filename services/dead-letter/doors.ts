import type {Selectable} from 'kysely';
import {Cause, type deadletterKept, type letterShown, type lettersShown} from '#events';
import {
  type Blobs,
  type DoorContext,
  type DoorRequest,
  decode,
  type Represented,
  readWords,
  structured,
  unlessErased,
} from '#kit';
import type {LetterTables} from './tables.ts';

type Context = DoorContext<LetterTables, typeof deadletterKept>;
type Letter = Selectable<LetterTables['letters']>;

/** Letters whose words are read at once: they may be far away. */
const atOnce = 8;

/** The latest dead letters: `document` for those of one document, `limit` (50, at most 500). */
export async function showLetters(
  request: DoorRequest,
  {database, blobs}: Context,
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
  const rows = await query.execute();
  const letters: Represented<typeof lettersShown>['letters'] = [];
  for (let first = 0; first < rows.length; first += atOnce)
    letters.push(
      ...(await Promise.all(rows.slice(first, first + atOnce).map((row) => letterView(row, blobs)))),
    );
  return {letters};
}

/** One dead letter, with the event as it came. */
export async function showLetter(
  request: DoorRequest,
  {database, blobs}: Context,
): Promise<Represented<typeof letterShown>> {
  const {id = ''} = request.params;
  const letter = await database
    .selectFrom('letters')
    .selectAll()
    .where('letter_id', '=', id)
    .executeTakeFirst();
  if (letter === undefined) return request.throw(404, `There is no dead letter ${JSON.stringify(id)}.`);
  const bytes = await eventIn(letter, blobs);
  const whole =
    bytes && structured(decode({'content-type': 'application/cloudevents+json'}, Buffer.from(bytes)));
  return {...(await letterView(letter, blobs)), whole};
}

async function letterView(letter: Letter, blobs: Blobs) {
  const {letter_id: letterId, document_id: documentId, source, id, type, code} = letter;
  const cause = letter.content === null ? letter : await readWords(blobs, letter.cause, Cause);
  return {
    letterId,
    documentId,
    event: {source, id, type},
    trigger: letter.trigger_name,
    code,
    destination: cause?.destination ?? null,
    message: cause?.message ?? null,
    keptAt: letter.kept_at,
  };
}

/** Null: it was erased. */
function eventIn({content, event}: Letter, blobs: Blobs): Promise<Uint8Array | null> | Uint8Array {
  return content === null ? event : unlessErased(() => blobs.read(content));
}
