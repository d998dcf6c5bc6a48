import {representation, Type} from '#kit';
import {DocumentId} from '../values.ts';

/** What whoever handed a document in hears: it is kept, and where to see how it stands. */
export const receipt = representation('receipt', {
  description: 'A document that was handed in is kept; the link says how it stands.',
  schema: Type.Object({
    documentId: DocumentId,
    /** Of the `document.received` that tells of it. */
    eventId: Type.String(),
    status: Type.Literal('received'),
    links: Type.Object({self: Type.String()}),
  }),
  example: {
    documentId: 'doc-00000000000000000001',
    eventId: 'received-1',
    status: 'received',
    links: {self: '/api/archive/documents/doc-00000000000000000001'},
  },
});
