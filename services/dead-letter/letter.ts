import {asAttribute, isDocumentId} from '#events';
import {attribute, type CloudEvent, encodeStructured, identity} from '#kit';

/** What an engine has put on an event when it gave it up: of the cause, not of the event. */
const onceGivenUp = new Set(['knativeerrordest', 'knativeerrorcode', 'knativeerrordata']);

/** The event as it was before it was given up, in structured mode. */
export function bytesOf({attributes, data}: CloudEvent): Buffer {
  const own = Object.entries(attributes).filter(([name]) => !onceGivenUp.has(name));
  return encodeStructured({attributes: Object.fromEntries(own), data}).body;
}

/** What a row and a fact say of the event. */
export function referenceTo(event: CloudEvent): {source: string; id: string; type: string} {
  const {source, id, type} = identity(event);
  return {source: asAttribute(source), id: asAttribute(id), type: asAttribute(type)};
}

/** The document that an event is about, if it is about one. */
export function documentIdOf(event: CloudEvent): string | null {
  const subject = attribute(event, 'subject') ?? '';
  return isDocumentId(subject) ? subject : null;
}
