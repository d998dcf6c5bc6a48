import {isDocumentId} from '#events';
import {attribute, type CloudEvent} from '#kit';

/** The document that an event is about, if it is about one. */
export function documentIdOf(event: CloudEvent): string | null {
  const subject = attribute(event, 'subject') ?? '';
  return isDocumentId(subject) ? subject : null;
}
