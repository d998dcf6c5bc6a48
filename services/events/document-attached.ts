import {event, Type} from '#kit';
import {Count, DocumentId, Language, MediaType, Name, orNull, Ref, Sha256} from './values.ts';
import {content, envelope, letter} from './words-of-examples.ts';

/** A part of a document came to light, such as what is attached to a mail: it belongs to that, and has no way of its own. */
export const documentAttached = event('com.dip.document.attached', '1.0', {
  description: 'A document came in another one, was read with that, and belongs to it.',
  schema: Type.Object(
    {
      documentId: DocumentId,
      /** The document that it came in. */
      parent: DocumentId,
      /** The bytes as they came. */
      original: Ref,
      /** What was said about it by whoever sent it: an `Envelope`. */
      envelope: Ref,
      /** As found in the bytes where it could be read, else as declared. */
      contentType: MediaType,
      /** Bytes of the original. */
      size: Count,
      sha256: Sha256,
      /** What it says: a `Content`; null where it could not be read. */
      content: orNull(Ref),
      language: Language,
      /** Characters of text. */
      characters: Count,
      /** Why it could not be read: a `RejectionReason`, or `unread` where the time for all parts was up. */
      reason: orNull(Name),
    },
    {additionalProperties: false},
  ),
  example: {
    documentId: 'doc-00000000000000000002',
    parent: 'doc-00000000000000000001',
    original: 'documents/doc-00000000000000000002/attached-1/original',
    envelope: 'documents/doc-00000000000000000002/attached-1/envelope.json',
    contentType: 'text/plain',
    size: 245,
    sha256: '21d1cead0fa7dbc3de89e7ce8998db8f3af0930ed637e2faf397fffe510f7fe7',
    content: 'documents/doc-00000000000000000002/attached-1/content.json',
    language: 'en',
    characters: 245,
    reason: null,
  },
  words: {
    'documents/doc-00000000000000000002/attached-1/original': letter,
    'documents/doc-00000000000000000002/attached-1/envelope.json': envelope,
    'documents/doc-00000000000000000002/attached-1/content.json': content,
  },
});
