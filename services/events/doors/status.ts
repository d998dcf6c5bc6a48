import {Type} from '#kit';

/** How a document can stand. What makes each is the table in services/README.md. */
export type Status = 'in-work' | 'answered' | 'closed' | 'part' | 'rejected' | 'failed';

/** Of each status, whether a document in it has ended: nothing more happens by itself, and whoever waits is answered. */
export const ends: Readonly<Record<Status, boolean>> = {
  'in-work': false,
  answered: true,
  closed: true,
  part: true,
  rejected: true,
  failed: true,
};

export const Status = Type.Union([
  Type.Literal('in-work'),
  Type.Literal('answered'),
  Type.Literal('closed'),
  Type.Literal('part'),
  Type.Literal('rejected'),
  Type.Literal('failed'),
]);

const isStatus = (text: string): text is Status => text in ends;

/** All of them, in the order in which documents come to them. */
export const statuses: readonly Status[] = Object.keys(ends).filter(isStatus);

/** Those in which a document is still under way. */
export const underWay: readonly Status[] = statuses.filter((status) => !ends[status]);
