/**
 * How much of a document is read. A document that passes a limit on its structure is `too-large`; a limit on
 * what is kept (pages, characters) cuts it instead, since the beginning of a document still says what it is.
 */
export const limits = {
  /** Bytes of the document itself. */
  documentBytes: 25 * 1024 * 1024,
  /** Bytes that all parts of one archive may inflate to, counted while they do. */
  inflatedBytes: 100 * 1024 * 1024,
  /** Inflated bytes per byte of the archive; checked from `inflatedFreely` on, as small files pack well. */
  inflatedRatio: 200,
  inflatedFreely: 10 * 1024 * 1024,
  /** Entries of one archive. */
  zipEntries: 10_000,
  /** Documents that stand in the text of a Word document, those in them too, and how deep they nest. */
  wordChunks: 1_000,
  wordDepth: 8,
  /** Pages that are read. */
  pages: 2_000,
  /** Characters of text that are kept, in UTF-16 units. */
  characters: 2_000_000,
  /** Characters of a title, a name or an address. */
  lineCharacters: 500,
  /** MIME parts of one mail, and how deep they nest. */
  mailParts: 1_000,
  mailDepth: 64,
  /** Bytes of the headers in one mail. */
  mailHeadBytes: 2 * 1024 * 1024,
  /** How deep mails are read as part of the one that they are in; deeper ones are documents of their own. */
  mailsWithin: 10,
  /** Documents in one mail, those in its mails too. */
  attachments: 200,
  /** Open HTML elements, for each of which its style is kept. */
  htmlDepth: 5_000,
  /** Characters of a page's style sheets that are applied, in UTF-16 units, and selectors in them. */
  styleCharacters: 1_000_000,
  styleSelectors: 20_000,
  /** Steps of finding the styles of a page's elements, per character of the page. */
  styleWork: 50,
  /** Old-generation heap of the reading thread, in MiB; what lies outside the heap is watched from outside. */
  threadHeapMb: 512,
} as const;
