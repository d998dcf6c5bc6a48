import type {CloudEvent} from '#kit';
import {Journal, type JournalOptions, type KeptEvent} from '../../../services/local/journal/journal.ts';
import type {EventRecord, JournalRecord} from '../../../services/local/journal/record.ts';
import {eventOf} from '../events.ts';

/** An event as a broker keeps it. */
export function recordOf(event: CloudEvent | string, rest: Partial<EventRecord> = {}): EventRecord {
  return {
    kind: 'event',
    broker: 'dip/default',
    acceptedAt: Date.now(),
    triggers: ['dip/all'],
    hops: 255,
    event: typeof event === 'string' ? eventOf(event) : event,
    ...rest,
  };
}

/** A journal, and the ids of its events with their places, as they were read when it was opened. */
export async function reopened(folder: string, options: JournalOptions = {}) {
  const found: {id: string; kept: KeptEvent}[] = [];
  const notes: JournalRecord[] = [];
  const journal = await Journal.open(
    folder,
    (record, place) => {
      if (record.kind === 'event')
        found.push({
          id: String(record.event.attributes['id']),
          kept: {...place, offset: record.offset},
        });
      else if (record.kind !== 'segment') notes.push(record);
    },
    options,
  );
  return {journal, found, notes, ids: found.map(({id}) => id)};
}
