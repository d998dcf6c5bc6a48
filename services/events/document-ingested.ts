import {event, Type} from '#kit';
import {
  Count,
  DocumentId,
  Doubles,
  Language,
  Machine,
  MediaType,
  Name,
  orNull,
  Ref,
  Thread,
} from './values.ts';
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
      /**
       * What came in it at any depth, was read with it and belongs to it; those of `attachments` are among them. What could
       * not be read has a reason. (Since 1.1; without, attachments go ways of their own)
       */
      parts: Type.Optional(
        Type.Array(
          Type.Object(
            {documentId: DocumentId, content: orNull(Ref), reason: orNull(Name)},
            {additionalProperties: false},
          ),
          {maxItems: 200},
        ),
      ),
      /** (Since 1.1) */
      machine: Type.Optional(Machine),
      /** (Since 1.1) */
      thread: Type.Optional(Thread),
      /** (Since 1.1) */
      doubles: Type.Optional(Doubles),
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
    parts: [],
    machine: null,
    thread: {case: '7KQ2M-9XF3T', follows: null, claims: null},
    doubles: {of: null, alike: []},
  },
  words: {
    'documents/doc-00000000000000000001/ingested-1/content.json': content,
  },
});
