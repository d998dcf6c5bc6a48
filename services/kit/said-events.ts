import {type Kysely, sql, type Transaction} from 'kysely';
import {type CloudEvent, identity} from './cloudevent.ts';
import {formatStructured, parseStructured} from './codec/structured.ts';
import type {After, Commit} from './commit-together.ts';
import {keyText} from './database/key-text.ts';
import {oldestKept} from './oldest-kept.ts';
import type {Nothing} from './reach.ts';

/** An event that a front door has said: kept with the door's change, whatever becomes of the process or the broker. */
export interface Kept {
  readonly row: Row;
  /** As it was said the first time. */
  readonly event: CloudEvent;
  /** Whether the broker has it. */
  readonly isConfirmed: boolean;
}

/** What an event is known by, as columns that are looked up by can hold it. */
interface Row {
  readonly type: string;
  readonly key: string;
}

/** What is to be kept: the event as it would be now, and what the service changes along with it. */
export interface Saying {
  readonly key: string;
  readonly event: CloudEvent;
  /** See `SayOptions`. */
  readonly known?: ((transaction: Transaction<Nothing>) => Promise<CloudEvent | undefined>) | undefined;
  /** See `SayOptions`. */
  readonly change?: DoorChange<Nothing> | undefined;
}

/** What a front door changes in the transaction that keeps what it says. */
export type DoorChange<Tables> = (
  transaction: Transaction<Tables>,
  event: CloudEvent,
  after: After,
) => Promise<void>;

/**
 * What front doors have said, by type and key. A person's decision and the event that tells it are one: they are kept
 * in one transaction, and the event is there until the broker has confirmed it, and for as long as replies are kept
 * after that, so that the same decision made again is the same event.
 */
export interface SaidEvents {
  /** Keeps an event with its change, or finds the one that was said before under its key, and changes nothing. */
  keep(saying: Saying): Promise<{kept: Kept; isRepeat: boolean}>;
  /** Puts down that the broker has it. */
  confirm(kept: Kept): Promise<void>;
  /** Some of those that the broker has not confirmed, in the order of saying, from after the given one. */
  unconfirmed(after: Position | undefined): Promise<{kept: Kept; position: Position}[]>;
}

/** Where an event stands in the order of saying. */
export interface Position extends Row {
  readonly said_at: string;
}

/** Events read at a time, of at most 64 KiB each. */
const batch = 100;

/** Said events in the table that `openService` makes. */
export function saidEvents(database: Kysely<Nothing>, commit: Commit<Nothing>): SaidEvents {
  return {
    keep: (saying) => commit((transaction, after) => keepWith(transaction, saying, after)),
    confirm: async ({row: {type, key}}) => {
      const now = new Date().toISOString();
      await commit((transaction) =>
        sql`update said set confirmed_at = ${now} where type = ${type} and key = ${key}`.execute(transaction),
      );
    },
    unconfirmed: async (after) => {
      const {said_at, type, key} = after ?? {said_at: '', type: '', key: ''};
      const {rows} = await sql<Position & {event: Uint8Array}>`
        select said_at, type, key, event from said
        where confirmed_at is null and (said_at, type, key) > (${said_at}, ${type}, ${key})
        order by said_at, type, key limit ${batch}`.execute(database);
      return rows.map(({event, ...position}) => ({
        kept: {row: position, event: parseStructured(Buffer.from(event)), isConfirmed: false},
        position,
      }));
    },
  };
}

async function keepWith(
  transaction: Transaction<Nothing>,
  {key, event, known, change}: Saying,
  after: After,
): Promise<{kept: Kept; isRepeat: boolean}> {
  const row = {type: keyText(identity(event).type), key: keyText(key)};
  const found = await find(transaction, row);
  if (found !== undefined) return {kept: found, isRepeat: true};
  const now = new Date();
  const earlier = await known?.(transaction);
  if (earlier === undefined) await change?.(transaction, event, after);
  // What was said longer ago than replies are kept would be answered anew: it stands, and is not told again.
  const isConfirmed = earlier !== undefined && timeOf(earlier) < oldestKept(now);
  const kept = {row, event: earlier ?? event, isConfirmed};
  const said = now.toISOString();
  await sql`insert into said (type, key, event, said_at, confirmed_at)
    values (${row.type}, ${row.key}, ${formatStructured(kept.event)}, ${said}, ${isConfirmed ? said : null})`.execute(
    transaction,
  );
  return {kept, isRepeat: earlier !== undefined};
}

async function find(transaction: Transaction<Nothing>, row: Row): Promise<Kept | undefined> {
  const {rows} = await sql<{event: Uint8Array; confirmed_at: string | null}>`
    select event, confirmed_at from said where type = ${row.type} and key = ${row.key}`.execute(transaction);
  const [found] = rows;
  if (found === undefined) return undefined;
  return {row, event: parseStructured(Buffer.from(found.event)), isConfirmed: found.confirmed_at !== null};
}

function timeOf({attributes}: CloudEvent): string {
  return String(attributes['time'] ?? '');
}
