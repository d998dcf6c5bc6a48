/**
 * What facts point at: the shapes of the blobs that hold a person's words. They live under
 * `documents/<documentId>/`, so erasing a document is deleting them.
 */
import {type Static, Type} from '#kit';
import {DocumentId, Text} from './values.ts';

/** What the sender said about a document, kept beside its bytes. */
export const Envelope = Type.Object({
  filename: Text,
  /** As declared, with its parameters. */
  contentType: Text,
  /** Further form fields of the upload, as given. */
  metadata: Type.Record(Type.String(), Type.String()),
  /** The name of the person who handed it in, or what it came attached to. */
  sender: Type.Optional(Type.String()),
  /** The document that was handed in, and held this one at whatever depth. */
  root: Type.Optional(DocumentId),
});
export type Envelope = Static<typeof Envelope>;

/** Passages of a text: offsets in UTF-16 units, in their order. */
const Passages = Type.Array(Type.Object({from: Type.Integer(), to: Type.Integer()}));

/** What a document says. */
export const Content = Type.Object({
  filename: Text,
  /** Its own title, or the subject of a mail. */
  title: Text,
  sender: Type.Union([Type.Object({name: Text, address: Text}), Type.Null()]),
  /** All text, paragraphs separated by line feeds. */
  text: Type.String(),
  /**
   * Of a mail, the passages that its writer wrote anew, or handed on. What is left out are quotes, signatures and notices.
   * (Default: all of the text)
   */
  own: Type.Optional(Passages),
  /**
   * The passages that its writer wrote anew, with their signature: where their name stands. What is left out are quotes,
   * notices, and what is handed on. (Default: what the text tells of that)
   */
  signed: Type.Optional(Passages),
});
export type Content = Static<typeof Content>;

/** Which words decided a category, and how much. Exact: the weights of all terms and the bias sum to the score. */
export const Explanation = Type.Object({
  /** Null where nothing was scored. */
  category: Text,
  /** The next likely category, which the weights are measured against. */
  against: Type.Union([Type.String(), Type.Null()]),
  terms: Type.Array(Type.Object({term: Type.String(), weight: Type.Number()})),
  /** The words that each signal was found by, as they stand in the document. */
  signals: Type.Optional(Type.Array(Type.Object({signal: Type.String(), words: Type.String()}))),
});
export type Explanation = Static<typeof Explanation>;

/** A drafted answer. */
export const Answer = Type.Object({
  subject: Type.String(),
  body: Type.String(),
  /** What was found in the document and used, each with the place it was found at. */
  fields: Type.Array(
    Type.Object({
      name: Type.String(),
      value: Type.String(),
      /** Offsets into the text, in UTF-16 units; null where it came from elsewhere, such as a mail's header. */
      from: Type.Union([Type.Integer(), Type.Null()]),
      to: Type.Union([Type.Integer(), Type.Null()]),
    }),
  ),
});
export type Answer = Static<typeof Answer>;

/** Why an event could not be delivered, in the words of whoever refused it. */
export const Cause = Type.Object({
  /** The address that would not take it. */
  destination: Text,
  message: Text,
});
export type Cause = Static<typeof Cause>;
