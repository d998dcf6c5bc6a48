import {createHash} from 'node:crypto';
import {attribute, type CloudEvent, identity} from './cloudevent.ts';

/**
 * The id of an event that follows from another: a hash of what caused it and what it is, and of nothing that a
 * broker may rewrite. So a redelivered event is answered with the same reply, and whoever keeps events keeps it
 * once. A replay made to repair carries a `replayid`, so what follows from it is new.
 *
 * `part` tells apart several events of one type that follow from one cause.
 */
export function deriveEventId(cause: CloudEvent, type: string, part: string | number = ''): string {
  const {source, id} = identity(cause);
  const replayId = attribute(cause, 'replayid') ?? '';
  return deriveId(source, id, type, String(part), replayId);
}

/** A name of 32 hexadecimal digits that only these words, in this order, have. */
export function deriveId(...words: string[]): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 32);
}
