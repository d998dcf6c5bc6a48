import {createHash} from 'node:crypto';
import type {documentReceived, Envelope} from '#events';
import type {Blobs, DataOf} from '#kit';
import {mediaTypeOrBytes} from './media-type.ts';

/** A document as it came in, with what was said about it. */
export interface Incoming extends Envelope {
  bytes: Uint8Array;
}

/** What `document.received` says of the bytes. */
export type Original = Pick<
  DataOf<typeof documentReceived>,
  'original' | 'envelope' | 'contentType' | 'size' | 'sha256'
>;

/**
 * Keeps a document's bytes and what was said about it, in a folder of its own. The names hold hashes of what they
 * name, so that a second, different attempt under the same id neither fails nor changes the first.
 */
export async function keepOriginal(blobs: Blobs, folder: string, incoming: Incoming): Promise<Original> {
  const {bytes, ...envelope} = incoming;
  const envelopeBytes = Buffer.from(JSON.stringify(envelope));
  const sha256 = hashOf(bytes);
  const original = `${folder}/original.${sha256.slice(0, 16)}`;
  const envelopeRef = `${folder}/envelope.${hashOf(envelopeBytes).slice(0, 16)}.json`;
  await Promise.all([blobs.write(original, bytes), blobs.write(envelopeRef, envelopeBytes)]);
  const contentType = mediaTypeOrBytes(envelope.contentType);
  return {original, envelope: envelopeRef, contentType, size: bytes.length, sha256};
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
