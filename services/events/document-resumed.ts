import {event, Type} from '#kit';
import {Count, DocumentId, PersonName} from './values.ts';

/** Somebody had the facts published again at which a document's way had broken off. */
export const documentResumed = event('com.dip.document.resumed', '1.0', {
  description: "Somebody had the facts published again at which a document's way had broken off.",
  schema: Type.Object(
    {
      documentId: DocumentId,
      /** Who asked for it, by the name of their token. */
      by: PersonName,
      /** How many there were when it was asked for. */
      facts: Count,
    },
    {additionalProperties: false},
  ),
  example: {documentId: 'doc-00000000000000000001', by: 'ola', facts: 1},
});
