import {event, Type} from '#kit';
import {
  Confidence,
  DocumentId,
  Doubles,
  Enclosed,
  Language,
  Machine,
  Name,
  Ref,
  Signals,
  Thread,
} from './values.ts';
import {content, explanation} from './words-of-examples.ts';

/** A document was given a category, or none where the classifier was not sure enough. */
export const documentClassified = event('com.dip.document.classified', '1.1', {
  description: 'A document was given a category, or none where the classifier was not sure enough.',
  schema: Type.Object(
    {
      documentId: DocumentId,
      /** What the document says: a `Content`. */
      content: Ref,
      language: Language,
      /** Null: unclassified. */
      category: Type.Union([Name, Type.Null()]),
      /** Of the most likely category; null where nothing was scored. */
      confidence: Type.Union([Confidence, Type.Null()]),
      /** The most likely categories, best first. */
      alternatives: Type.Array(
        Type.Object({category: Name, confidence: Confidence}, {additionalProperties: false}),
        {maxItems: 3},
      ),
      /** The words that decided: an `Explanation`; null where nothing was scored or found. */
      explanation: Type.Union([Ref, Type.Null()]),
      model: Type.Object({name: Name, version: Name}, {additionalProperties: false}),
      /** (Since 1.1) */
      enclosed: Type.Optional(Enclosed),
      /** (Since 1.1) */
      signals: Type.Optional(Signals),
      /** As it was read. (Since 1.1) */
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
    content: 'documents/doc-00000000000000000001/ingested-1/content.json',
    language: 'en',
    category: 'mortgage',
    confidence: 0.91,
    alternatives: [
      {category: 'mortgage', confidence: 0.91},
      {category: 'consumer_loan', confidence: 0.05},
      {category: 'bank_account', confidence: 0.02},
    ],
    explanation: 'documents/doc-00000000000000000001/classified-1/explanation.json',
    model: {name: 'consumer-finance', version: '1.1.0'},
    enclosed: [],
    signals: [],
    machine: null,
    thread: {case: '7KQ2M-9XF3T', follows: null, claims: null},
    doubles: {of: null, alike: []},
  },
  words: {
    'documents/doc-00000000000000000001/ingested-1/content.json': content,
    'documents/doc-00000000000000000001/classified-1/explanation.json': explanation,
  },
});
