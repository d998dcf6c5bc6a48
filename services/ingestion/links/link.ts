import type {Transaction} from 'kysely';
import {ownWordsOf} from '#events';
import type {ReadDocument} from '../read-document.ts';
import type {IngestionTables} from '../tables.ts';
import {findCase, type Thread} from './find-case.ts';
import {type Doubles, findDoubles} from './find-doubles.ts';
import type {Comparing} from './likeness.ts';

/** A document that was read. */
export interface Linked {
  readonly documentId: string;
  /** Of its bytes. */
  readonly sha256: string;
  readonly found: Extract<ReadDocument, {outcome: 'ingested'}>;
  /** Whether an address is one of ours: nobody takes part in a case by writing to us. */
  readonly isOurs: (address: string) => boolean;
}

/**
 * Links a document with those before it: the case that it belongs to, and those that say the same. Told in the transaction
 * that keeps both, so that of two documents one always knows the other.
 */
export async function link(
  transaction: Transaction<IngestionTables>,
  comparing: Comparing,
  {documentId, sha256, found, isOurs}: Linked,
): Promise<{thread: Thread; doubles: Doubles}> {
  const {title, parts} = found;
  const correspondence = found.correspondence && {
    ...found.correspondence,
    people: found.correspondence.people.filter((address) => !isOurs(address)),
  };
  const sender = found.sender?.address?.toLowerCase() ?? null;
  const own = ownWordsOf({text: found.text, ...(found.own === null ? {} : {own: found.own})});
  const thread = await findCase(transaction, comparing.keyed, {
    documentId,
    sender,
    correspondence,
    texts: [title ?? '', own],
  });
  const text = [title ?? '', own, ...parts.map(({said}) => said)].join('\n');
  return {thread, doubles: await findDoubles(transaction, comparing, {documentId, sender, sha256, text})};
}
