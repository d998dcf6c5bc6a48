import type {Transaction} from 'kysely';
import type {documentIngested} from '#events';
import type {DataOf} from '#kit';
import type {Correspondence} from '../extract/mail/correspondence.ts';
import type {IngestionTables} from '../tables.ts';
import {caseNumberOf, caseNumbersIn} from './case-number.ts';
import type {Keyed} from './keyed.ts';

/** What of a document tells which case it belongs to. */
export interface Writing {
  readonly documentId: string;
  /** Whom it is from, a mail address in lower case; null where it does not say. */
  readonly sender: string | null;
  /** Of a mail, its header's word; null for other documents. */
  readonly correspondence: Correspondence | null;
  /** Where the number of a case may stand: its title, and what its writer says in it. */
  readonly texts: readonly string[];
}

/** The case that a document belongs to. */
export type Thread = NonNullable<DataOf<typeof documentIngested>['thread']>;

/**
 * Finds the case that a document belongs to, and remembers what later ones will name it by. A document belongs to a case
 * whose number it has, or whose mails it answers, or by whose mails it was answered, as the answer may come first; from
 * somebody who has neither written nor been written to in that case it only claims to.
 *
 * Two that name the same mail at the same moment wait for each other, by the key that both want to keep.
 */
export async function findCase(
  transaction: Transaction<IngestionTables>,
  keyed: Keyed,
  writing: Writing,
): Promise<Thread> {
  const {documentId, sender, correspondence} = writing;
  const mails = mailsOf(writing, keyed);
  await keepMails(transaction, mails, documentId);
  const named = await namedCase(transaction, writing, mails);
  const isKnown = named !== undefined && (await isIn(transaction, named, sender, keyed));
  const root = isKnown ? named : documentId;
  if (isKnown) await moveMails(transaction, documentId, root);
  else await beginCase(transaction, documentId, keyed);
  await keepPeople(transaction, root, {keyed, people: correspondence?.people ?? []});
  return {
    case: caseNumberOf(keyed, root),
    follows: isKnown ? named : null,
    claims: isKnown ? null : (named ?? null),
  };
}

/** Hashes of a mail's own id and of those it answers, the nearest first, its own last. */
function mailsOf({correspondence}: Writing, keyed: Keyed): string[] {
  if (correspondence === null) return [];
  const {id, references} = correspondence;
  return [...references, ...(id === null ? [] : [id])].map((each) => keyed('mail', each));
}

/** In one order everywhere, so that no two processes wait for each other. */
async function keepMails(
  transaction: Transaction<IngestionTables>,
  mails: readonly string[],
  documentId: string,
): Promise<void> {
  if (mails.length === 0) return;
  await transaction
    .insertInto('mails')
    .values([...mails].sort().map((mail) => ({mail, document_id: documentId})))
    .onConflict((conflict) => conflict.column('mail').doNothing())
    .execute();
}

/** The first document of another case that this one names. */
async function namedCase(
  transaction: Transaction<IngestionTables>,
  {documentId, correspondence, texts}: Writing,
  mails: readonly string[],
): Promise<string | undefined> {
  const numbers = caseNumbersIn([...texts, ...(correspondence?.references ?? [])]);
  const numbered =
    numbers.length === 0
      ? []
      : await transaction
          .selectFrom('cases')
          .select(['number', 'document_id'])
          .where('number', 'in', numbers)
          .execute();
  const answered =
    mails.length === 0
      ? []
      : await transaction
          .selectFrom('mails')
          .select(['mail', 'document_id'])
          .where('mail', 'in', mails)
          .execute();
  const byNumber = numbers.map((number) => numbered.find((each) => each.number === number));
  const byMail = mails.map((mail) => answered.find((each) => each.mail === mail));
  return [...byNumber, ...byMail].find((each) => each !== undefined && each.document_id !== documentId)
    ?.document_id;
}

async function isIn(
  transaction: Transaction<IngestionTables>,
  root: string,
  sender: string | null,
  keyed: Keyed,
): Promise<boolean> {
  if (sender === null) return false;
  const row = await transaction
    .selectFrom('people')
    .select('person')
    .where('document_id', '=', root)
    .where('person', '=', keyed('person', sender))
    .executeTakeFirst();
  return row !== undefined;
}

async function moveMails(
  transaction: Transaction<IngestionTables>,
  documentId: string,
  root: string,
): Promise<void> {
  await transaction
    .updateTable('mails')
    .set({document_id: root})
    .where('document_id', '=', documentId)
    .execute();
}

async function beginCase(
  transaction: Transaction<IngestionTables>,
  documentId: string,
  keyed: Keyed,
): Promise<void> {
  await transaction
    .insertInto('cases')
    .values({number: caseNumberOf(keyed, documentId), document_id: documentId})
    .onConflict((conflict) => conflict.column('number').doNothing())
    .execute();
}

async function keepPeople(
  transaction: Transaction<IngestionTables>,
  root: string,
  {keyed, people}: {keyed: Keyed; people: readonly string[]},
): Promise<void> {
  if (people.length === 0) return;
  const persons = [...new Set(people.map((address) => keyed('person', address)))].sort();
  await transaction
    .insertInto('people')
    .values(persons.map((person) => ({document_id: root, person})))
    .onConflict((conflict) => conflict.columns(['document_id', 'person']).doNothing())
    .execute();
}
