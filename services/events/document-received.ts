import {event, Type} from '#kit';
import {Count, DocumentId, MediaType, Ref, Sha256} from './values.ts';
import {envelope, letter} from './words-of-examples.ts';

/** A document came in and its bytes are kept. Nothing is known about it yet. */
export const documentReceived = event('com.dip.document.received', '1.0', {
  description: 'A document came in and its bytes are kept; nothing is known about it yet.',
  schema: Type.Object(
    {
      documentId: DocumentId,
      /** The bytes as they came. */
      original: Ref,
      /** What was said about the document by whoever sent it: an `Envelope`. */
      envelope: Ref,
      /** As declared by the sender, not believed. */
      contentType: MediaType,
      /** Bytes of the original. */
      size: Count,
      sha256: Sha256,
      channel: Type.Union([Type.Literal('upload'), Type.Literal('attachment')]),
      /** The document that this one was attached to. */
      parent: Type.Optional(DocumentId),
    },
    {additionalProperties: false},
  ),
  example: {
    documentId: 'doc-00000000000000000001',
    original: 'documents/doc-00000000000000000001/received-1/original',
    envelope: 'documents/doc-00000000000000000001/received-1/envelope.json',
    contentType: 'text/plain',
    size: 245,
    sha256: '21d1cead0fa7dbc3de89e7ce8998db8f3af0930ed637e2faf397fffe510f7fe7',
    channel: 'upload',
  },
  words: {
    'documents/doc-00000000000000000001/received-1/original': letter,
    'documents/doc-00000000000000000001/received-1/envelope.json': envelope,
  },
});
