import type {documentReceived, Envelope} from '#events';
import {type BlobOwner, type Blobs, blobName, type DataOf, sha256Of} from '#kit';
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

/** Keeps a document's bytes and what was said about it, for the event that names them. */
export async function keepOriginal(blobs: Blobs, owner: BlobOwner, incoming: Incoming): Promise<Original> {
  const {bytes, ...envelope} = incoming;
  const envelopeBytes = Buffer.from(JSON.stringify(envelope));
  const sha256 = sha256Of(bytes);
  const original = blobName(owner, 'original', sha256);
  const envelopeRef = blobName(owner, 'envelope.json', sha256Of(envelopeBytes));
  await Promise.all([blobs.write(original, bytes), blobs.write(envelopeRef, envelopeBytes)]);
  const contentType = mediaTypeOrBytes(envelope.contentType);
  return {original, envelope: envelopeRef, contentType, size: bytes.length, sha256};
}
