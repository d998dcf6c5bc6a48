import {unpackZlib} from '../archive/inflate.ts';
import type {Inflated} from '../archive/inflated.ts';
import {Unreadable} from '../unreadable.ts';
import {unpackBase64} from './base64.ts';
import {BerReader, tags} from './der.ts';

/** What a cryptographic message holds. */
export type Message =
  | {kind: 'signed' | 'compressed'; content: Buffer}
  | {kind: 'encrypted'}
  | {kind: 'other'};

/**
 * Opens a message as S/MIME has it (CMS, RFC 5652): what is signed can be read by anyone, and no signature is checked; so
 * can what is compressed (RFC 3274). What is none, or broken, is `other`; so is one that holds nothing but certificates.
 *
 * @param inflated counts what is unpacked.
 * @throws Unreadable too-large
 */
export function openMessage(bytes: Buffer, inflated: Inflated): Message {
  try {
    return opened(new BerReader(isArmored(bytes) ? unarmored(bytes) : bytes), inflated);
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    return {kind: 'other'};
  }
}

function opened(reader: BerReader, inflated: Inflated): Message {
  reader.enter(tags.sequence);
  const type = reader.content(tags.identifier).toString('hex');
  if (encrypted.has(type)) return {kind: 'encrypted'};
  if (type !== signedData && type !== compressedData) return {kind: 'other'};
  reader.enter(tags.first);
  reader.enter(tags.sequence);
  reader.content(tags.integer);
  reader.skip();
  reader.enter(tags.sequence);
  reader.content(tags.identifier);
  if (!reader.isNext(tags.first)) return {kind: 'other'};
  reader.enter(tags.first);
  const content = reader.octets();
  return type === signedData
    ? {kind: 'signed', content}
    : {kind: 'compressed', content: unpackZlib(content, inflated)};
}

/** 1.2.840.113549.1.7.2 (RFC 5652 section 5.1). */
const signedData = '2a864886f70d010702';
/** 1.2.840.113549.1.9.16.1.9 (RFC 3274 section 1.1). */
const compressedData = '2a864886f70d0109100109';
const encrypted = new Set([
  // Enveloped, 1.2.840.113549.1.7.3, and encrypted, 1.2.840.113549.1.7.6 (RFC 5652 sections 6.1 and 8).
  '2a864886f70d010703',
  '2a864886f70d010706',
  // Enveloped and authenticated, 1.2.840.113549.1.9.16.1.23 (RFC 5083).
  '2a864886f70d0109100117',
]);

/** Some write it in base64 where bytes are expected, with lines around it (PEM, RFC 7468) or without. */
function isArmored(bytes: Buffer): boolean {
  return bytes[0] !== tags.sequence && /^(?:-----BEGIN |MI)/.test(bytes.toString('latin1', 0, 20));
}

function unarmored(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  const start = text.startsWith('-----') ? text.indexOf('\n') + 1 : 0;
  const end = text.indexOf('-----', start);
  return unpackBase64(bytes.subarray(start, end === -1 ? bytes.length : end));
}
