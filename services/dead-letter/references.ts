import {createHash} from 'node:crypto';
import {isDocumentId} from '#events';
import {attribute, type CloudEvent} from '#kit';

/** An attribute of anybody's event as a fact may carry it: printable ASCII, the rest percent-encoded; a hash where it is too long. */
export function asAttribute(text: string): string {
  const encoded = text.replace(/[^!-~]/gu, (character) => encodeURIComponent(character));
  return encoded.length <= 256 ? encoded : `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** The document that an event is about, if it is about one. */
export function documentIdOf(event: CloudEvent): string | null {
  const subject = attribute(event, 'subject') ?? '';
  return isDocumentId(subject) ? subject : null;
}
