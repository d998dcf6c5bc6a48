import {attribute} from '#kit';
import type {Trigger} from '#manifests';
import type {KeptEvent} from '../journal/journal.ts';
import type {EventRecord, JournalRecord} from '../journal/record.ts';
import type {Place} from '../journal/segment.ts';
import type {Failure} from './outcome.ts';
import type {Pending} from './trigger-queue.ts';

/** What an earlier run left, read off the journal: for each trigger, the events that it was not done with. */
export class Recovery {
  readonly #triggers = new Map<string, {trigger: Trigger; pending: Map<number, Pending>}>();

  constructor(triggers: readonly Trigger[]) {
    for (const trigger of triggers)
      this.#triggers.set(`${trigger.namespace}/${trigger.name}`, {trigger, pending: new Map()});
  }

  visit(record: JournalRecord, place: Place): void {
    if (record.kind === 'segment') return;
    if (record.kind === 'event') {
      this.#heard(record, {...place, offset: record.offset});
      return;
    }
    const waiting = this.#triggers.get(record.trigger)?.pending;
    const pending = waiting?.get(record.offset);
    if (pending === undefined) return;
    if (record.kind === 'settled') waiting?.delete(record.offset);
    else if (record.kind === 'attempt') pending.attempts = record.attempt;
    else {
      pending.failure = failureOf(record.failure);
      pending.attempts = 0;
    }
  }

  /** The events that a trigger was not done with, in order. */
  pending(name: string): Iterable<Pending> {
    return this.#triggers.get(name)?.pending.values() ?? [];
  }

  #heard(record: EventRecord, kept: KeptEvent): void {
    for (const name of record.triggers) {
      const hearing = this.#triggers.get(name);
      hearing?.pending.set(kept.offset, pendingOf(kept, record, hearing.trigger));
    }
  }
}

/** An event that was just let through to a trigger. */
export function pendingOf(kept: KeptEvent, {event}: EventRecord, {ordered}: Trigger): Pending {
  const key = ordered ? (attribute(event, 'partitionkey') ?? null) : null;
  return {kept, key, attempts: 0, failure: null};
}

/** A failure as it is written into the journal, where bytes are base64. */
export function writtenFailure({body, ...rest}: Failure): object {
  return {...rest, body: body.toString('base64')};
}

// Written by `writtenFailure`, so its shape is taken as given.
function failureOf(written: unknown): Failure {
  const {body, ...rest} = written as Omit<Failure, 'body'> & {body: string};
  return {...rest, body: Buffer.from(body, 'base64')};
}
