import {cell, moment, oneLine, share} from '../output/cell.ts';
import type {Column, View} from '../output/print.ts';
import type {Listed, Outcome} from './outcome.ts';

/** Documents as the archive keeps them, in a list. */
export const documentView: View<Listed> = {
  name: ({documentId}) => documentId ?? undefined,
  columns: [
    {title: 'DOCUMENT', value: (document) => cell(document.documentId), cut: 'nothing'},
    ...decision(),
    {title: 'RECEIVED', value: (document) => moment(document.receivedAt)},
    {title: 'ENDED', value: (document) => moment(document.endedAt), wide: true},
    {title: 'TYPE', value: (document) => cell(document.contentType), wide: true},
    {title: 'SIZE', value: (document) => cell(document.size), wide: true},
    {title: 'FILE', value: (document) => cell(document.filename)},
    {title: 'NOTE', value: noteOn, wide: true},
  ],
};

/** Files that were sent in and not waited for. */
export const receivedView: View<Outcome> = {
  name: ({documentId}) => documentId ?? undefined,
  columns: [
    {title: 'FILE', value: (outcome) => cell(outcome.file), cut: 'start'},
    statusColumn(),
    {title: 'DOCUMENT', value: (outcome) => cell(outcome.documentId), cut: 'nothing'},
    {title: 'EVENT', value: (outcome) => cell(outcome.eventId), wide: true, cut: 'nothing'},
    {title: 'NOTE', value: noteOnSent, whole: ({error}) => error !== undefined},
  ],
};

/** Files that were sent in and waited for. */
export const outcomeView: View<Outcome> = {
  name: ({documentId}) => documentId ?? undefined,
  columns: [
    {title: 'FILE', value: (outcome) => cell(outcome.file), cut: 'start'},
    ...decision(),
    {title: 'DOCUMENT', value: (outcome) => cell(outcome.documentId), cut: 'nothing'},
    {title: 'NOTE', value: noteOnSent, whole: ({error}) => error !== undefined},
  ],
};

/** Why a document is where it is: what went wrong, or the subject of its answer. */
export function noteOn({error, reason, deadLetter, response}: Listed): string {
  const note = error ?? reason ?? deadLetter?.message ?? deadLetter?.trigger ?? response?.subject;
  return oneLine(note ?? '-');
}

/** Of a file first whether it became no document of its own. */
function noteOnSent(outcome: Outcome): string {
  const {sameAs, repeat, receivedAt} = outcome;
  const before =
    sameAs !== undefined
      ? `the same as ${oneLine(sameAs)}`
      : repeat === true
        ? `sent before, ${moment(receivedAt)}`
        : undefined;
  const note = noteOn(outcome);
  return [before, note === '-' ? undefined : note].filter((part) => part !== undefined).join('; ') || '-';
}

const colors = {answered: 'green', rejected: 'yellow', failed: 'red'} as const;

/** The color of a document's status; none while it is in work. */
export function colorOf(status: unknown): (typeof colors)[keyof typeof colors] | undefined {
  return status === 'answered' || status === 'rejected' || status === 'failed' ? colors[status] : undefined;
}

function statusColumn(): Column<Listed> {
  return {
    title: 'STATUS',
    value: (document) => cell(document.status),
    color: (document) => colorOf(document.status),
  };
}

function decision(): Column<Listed>[] {
  return [
    statusColumn(),
    {title: 'CATEGORY', value: (document) => cell(document.category)},
    {title: 'CONFIDENCE', value: (document) => share(document.confidence)},
    {title: 'QUEUE', value: (document) => cell(document.queue)},
    {title: 'PRIORITY', value: (document) => cell(document.priority), wide: true},
    {title: 'HANDLER', value: (document) => cell(document.handler), wide: true},
    {title: 'LANGUAGE', value: (document) => cell(document.language), wide: true},
  ];
}
