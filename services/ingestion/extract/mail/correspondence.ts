import {firstOf, type Head} from './head.ts';

/** What the header of a mail says of the mails and people around it. */
export interface Correspondence {
  /** Its own id (RFC 5322 section 3.6.4); null where it has none. */
  readonly id: string | null;
  /** Ids of the mails that it answers, the nearest first; at most 50. */
  readonly references: string[];
  /** Addresses of those who wrote it and of those it is addressed to, in lower case; at most 50. */
  readonly people: string[];
}

/** Reads which mails a mail belongs to, and who takes part. */
export function correspondenceOf(head: Head): Correspondence {
  const [id = null] = idsIn(head, 'message-id');
  const answered = [...idsIn(head, 'in-reply-to'), ...idsIn(head, 'references').reverse()];
  const people = peopleFields.flatMap((name) => fieldOf(head, name).toLowerCase().match(address) ?? []);
  return {
    id,
    references: [...new Set(answered)].filter((each) => each !== id).slice(0, most),
    people: [...new Set(people)].slice(0, most),
  };
}

const peopleFields = ['from', 'reply-to', 'to', 'cc'];
const most = 50;

function idsIn(head: Head, name: string): string[] {
  return fieldOf(head, name).match(/<[^<>\s]{1,250}>/g) ?? [];
}

/** Bounded, so that none costs more than in proportion to a field's length. */
const address = /[^\s<>,;:"()@]{1,64}@[^\s<>,;:"()@]{1,255}/g;
const longestField = 20_000;

function fieldOf(head: Head, name: string): string {
  return (firstOf(head, name) ?? '').slice(0, longestField);
}
