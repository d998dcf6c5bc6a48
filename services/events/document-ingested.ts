import {event, Type} from '#kit';
import {Count, DocumentId, Language, Machine, MediaType, Ref} from './values.ts';
import {content} from './words-of-examples.ts';

/** A document's text was read. */
export const documentIngested = event('com.dip.document.ingested', '1.1', {
  description: 'A document was read: its text is kept, its type and language are known.',
  schema: Type.Object(
    {
      documentId: DocumentId,
      /** As found in the bytes, whatever was declared. */
      contentType: MediaType,
      /** Bytes of the original. */
      size: Count,
      /** What the document says: a `Content`. */
      content: Ref,
      language: Language,
      /** Pages in the document; null where the format has none. */
      pages: Type.Union([Count, Type.Null()]),
      /** Pages that were read; less than `pages` when a limit was reached, or a page is an image. */
      pagesRead: Type.Union([Count, Type.Null()]),
      /** Characters of text. */
      characters: Count,
      /** Documents that came attached to this one, each received on its own. */
      attachments: Type.Array(DocumentId, {maxItems: 200}),
      /** (Since 1.1) */
      machine: Type.Optional(Machine),
    },
    {additionalProperties: false},
  ),
  example: {
    documentId: 'doc-00000000000000000001',
    contentType: 'application/pdf',
    size: 48_213,
    content: 'documents/doc-00000000000000000001/ingested-1/content.json',
    language: 'en',
    pages: 2,
    pagesRead: 2,
    characters: 3120,
    attachments: [],
    machine: null,
  },
  words: {
    'documents/doc-00000000000000000001/ingested-1/content.json': content,
  },
});
