import {representation, Type} from '#kit';
import {DocumentId, Timestamp} from '../values.ts';

/** What whoever handed a document in hears: it is kept, and where to see how it stands. */
export const receipt = representation('receipt', {
  description: 'A document that was handed in is kept; the link says how it stands.',
  schema: Type.Object({
    documentId: DocumentId,
    /** Of the `document.received` that tells of it. */
    eventId: Type.String(),
    status: Type.Literal('received'),
    /** When its event was said: of what was handed in before, that time. Absent: a DIP before this said so. */
    receivedAt: Type.Optional(Timestamp),
    links: Type.Object({self: Type.String()}),
  }),
  example: {
    documentId: 'doc-00000000000000000001',
    eventId: 'received-1',
    status: 'received',
    receivedAt: '2026-01-15T09:00:00.000Z',
    links: {self: '/api/archive/documents/doc-00000000000000000001'},
  },
});
