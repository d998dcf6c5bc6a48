import {event, Type} from '#kit';
import {DocumentId, Name} from './values.ts';

/** A document needs no answer, and gets none. */
export const documentClosed = event('com.dip.document.closed', '1.0', {
  description: 'A document ended without an answer, as there is nobody to answer.',
  schema: Type.Object(
    {
      documentId: DocumentId,
      /**
       * Why: the kind of machine that wrote it, one of `machines`; `double`, as its sender has said the same before; or what
       * later versions know.
       */
      reason: Name,
    },
    {additionalProperties: false},
  ),
  example: {documentId: 'doc-00000000000000000001', reason: 'auto-reply'},
});
