import type {Transaction} from 'kysely';
import type {documentIngested} from '#events';
import type {DataOf} from '#kit';
import type {IngestionTables} from '../tables.ts';
import {type Comparing, type Likeness, likenessOf, readMarks, resemblance, writtenMarks} from './likeness.ts';

/** What of a document is compared with those before it. */
export interface Compared {
  readonly documentId: string;
  /** Whom it is from, a mail address in lower case; null where it does not say. */
  readonly sender: string | null;
  /** Of its bytes. */
  readonly sha256: string;
  /** All that it and its parts say. */
  readonly text: string;
}

/** Earlier documents that say the same, or nearly. */
export type Doubles = NonNullable<DataOf<typeof documentIngested>['doubles']>;

/** From which share of the same on two documents are shown as alike. */
const alikeFrom = 0.75;
const mostAlike = 10;
const mostCandidates = 20;

/**
 * Finds the documents of the last days that say the same as this one, and remembers it for those to come. It is the double
 * of one by the same sender with the same words, or nearly the same and the same numbers and names, as who writes of
 * another invoice writes nearly the same; many people send the same form letter, which makes them alike and no more.
 */
export async function findDoubles(
  transaction: Transaction<IngestionTables>,
  comparing: Comparing,
  {documentId, sender, sha256, text}: Compared,
): Promise<Doubles> {
  const {keyed} = comparing;
  const likeness = likenessOf(text, comparing);
  const own = {bytes: keyed('bytes', sha256), sender: sender === null ? null : keyed('person', sender)};
  const position = await keepText(transaction, {documentId, ...own}, likeness);
  const earlier = await candidates(transaction, {position, bytes: own.bytes}, likeness);
  const found = earlier
    .map((other) => ({other, share: shareOf(other, own.bytes, likeness)}))
    .filter(({share}) => share >= alikeFrom);
  const same = found.findLast(
    ({other}) => own.sender !== null && other.sender === own.sender && isSame(other, own.bytes, likeness),
  );
  return {
    of: same?.other.document_id ?? null,
    alike: found
      .filter((each) => each !== same)
      .slice(0, mostAlike)
      .map(({other}) => other.document_id),
  };
}

/** A document that was kept. */
type Kept = Awaited<ReturnType<typeof candidates>>[number];

function shareOf(other: Kept, bytes: string, likeness: Likeness | undefined): number {
  if (other.bytes === bytes) return 1;
  if (likeness === undefined || other.marks === null) return 0;
  return resemblance(likeness.marks, readMarks(other.marks));
}

/** Of one that is alike, whether it is the same letter. */
function isSame(other: Kept, bytes: string, likeness: Likeness | undefined): boolean {
  return other.bytes === bytes || (likeness !== undefined && other.particulars === likeness.particulars);
}

/** @returns its place among all that are kept; of one that is handled again that of the first time. */
async function keepText(
  transaction: Transaction<IngestionTables>,
  {documentId, bytes, sender}: {documentId: string; bytes: string; sender: string | null},
  likeness: Likeness | undefined,
): Promise<number> {
  const {words = null, particulars = null, marks, bands = []} = likeness ?? {};
  const row = {
    document_id: documentId,
    bytes,
    sender,
    words,
    particulars,
    marks: marks === undefined ? null : writtenMarks(marks),
    kept_at: new Date().toISOString(),
  };
  const kept = await transaction
    .insertInto('texts')
    .values(row)
    .onConflict((conflict) => conflict.column('document_id').doNothing())
    .returning('position')
    .executeTakeFirst();
  const position = kept?.position ?? (await positionOf(transaction, documentId));
  if (bands.length > 0)
    await transaction
      .insertInto('bands')
      .values(bands.map((band) => ({band, text: position})))
      .onConflict((conflict) => conflict.columns(['band', 'text']).doNothing())
      .execute();
  return position;
}

async function positionOf(transaction: Transaction<IngestionTables>, documentId: string): Promise<number> {
  const {position} = await transaction
    .selectFrom('texts')
    .select('position')
    .where('document_id', '=', documentId)
    .executeTakeFirstOrThrow();
  return position;
}

/** What was kept before and may be like it, the latest first. */
async function candidates(
  transaction: Transaction<IngestionTables>,
  {position, bytes}: {position: number; bytes: string},
  likeness: Likeness | undefined,
) {
  const {words = null, bands = []} = likeness ?? {};
  return transaction
    .selectFrom('texts')
    .select(['document_id', 'bytes', 'sender', 'words', 'particulars', 'marks'])
    .where('position', '<', position)
    .where(({eb, or, selectFrom}) =>
      or([
        eb('bytes', '=', bytes),
        ...(words === null ? [] : [eb('words', '=', words)]),
        ...(bands.length === 0
          ? []
          : [eb('position', 'in', selectFrom('bands').select('text').where('band', 'in', bands))]),
      ]),
    )
    .orderBy('position', 'desc')
    .limit(mostCandidates)
    .execute();
}
