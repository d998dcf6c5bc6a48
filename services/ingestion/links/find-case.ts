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
  const named =
    (await numberedCase(transaction, writing)) ?? (await answeredCase(transaction, mails, documentId));
  const isKnown = named !== undefined && (await isIn(transaction, named, sender, keyed));
  const root = isKnown ? named : documentId;
  await moveMails(transaction, mails, {documentId, root});
  if (!isKnown) await beginCase(transaction, documentId, keyed);
  await keepPeople(transaction, root, {keyed, people: correspondence?.people ?? []});
  return {
    case: caseNumberOf(keyed, root),
    follows: isKnown ? named : null,
    claims: isKnown ? null : (named ?? null),
  };
}

/** Hashes of mails' ids. */
interface Mails {
  /** The mail's own; null where it has none. */
  readonly own: string | null;
  /** Those that it answers, the nearest first. */
  readonly references: readonly string[];
}

function mailsOf({correspondence}: Writing, keyed: Keyed): Mails {
  const {id = null, references = []} = correspondence ?? {};
  return {
    own: id === null ? null : keyed('mail', id),
    references: references.map((each) => keyed('mail', each)),
  };
}

/** In one order everywhere, so that no two processes wait for each other. */
async function keepMails(
  transaction: Transaction<IngestionTables>,
  {own, references}: Mails,
  documentId: string,
): Promise<void> {
  const rows = [...references, ...(own === null ? [] : [own])].sort().map((mail) => ({
    mail,
    document_id: documentId,
    own_document_id: mail === own ? documentId : null,
  }));
  if (rows.length === 0) return;
  await transaction
    .insertInto('mails')
    .values(rows)
    .onConflict((conflict) => conflict.column('mail').doNothing())
    .execute();
}

/** The first document of another case whose number stands in this one. */
async function numberedCase(
  transaction: Transaction<IngestionTables>,
  {documentId, correspondence, texts}: Writing,
): Promise<string | undefined> {
  const numbers = caseNumbersIn([...texts, ...(correspondence?.references ?? [])]);
  if (numbers.length === 0) return undefined;
  const cases = await transaction
    .selectFrom('cases')
    .select(['number', 'document_id'])
    .where('number', 'in', numbers)
    .where('document_id', '!=', documentId)
    .execute();
  return numbers
    .map((number) => cases.find((each) => each.number === number))
    .find((each) => each !== undefined)?.document_id;
}

/**
 * The first document of another case, one of whose mails this one answers or was answered by. Some programs give one id to
 * all mails that they send, so that two mails of one id are no case.
 */
async function answeredCase(
  transaction: Transaction<IngestionTables>,
  {own, references}: Mails,
  documentId: string,
): Promise<string | undefined> {
  const mails = [...references, ...(own === null ? [] : [own])];
  if (mails.length === 0) return undefined;
  const kept = await transaction
    .selectFrom('mails')
    .select(['mail', 'document_id', 'own_document_id'])
    .where('mail', 'in', mails)
    .where('document_id', '!=', documentId)
    .execute();
  const isOther = (owner: string | null) => owner !== null && owner !== documentId;
  return mails
    .map((mail) =>
      kept.find((each) => each.mail === mail && !(mail === own && isOther(each.own_document_id))),
    )
    .find((each) => each !== undefined)?.document_id;
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

/** What this document was the first to name belongs to its case; and so does the mail itself, whoever has named that. */
async function moveMails(
  transaction: Transaction<IngestionTables>,
  {own}: Mails,
  {documentId, root}: {documentId: string; root: string},
): Promise<void> {
  if (own !== null)
    await transaction
      .updateTable('mails')
      .set({document_id: root, own_document_id: documentId})
      .where('mail', '=', own)
      .where('own_document_id', 'is', null)
      .execute();
  if (root === documentId) return;
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
