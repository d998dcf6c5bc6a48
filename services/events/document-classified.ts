import {event, Type} from '#kit';
import {Confidence, DocumentId, Language, Name, Ref} from './values.ts';
import {content, explanation} from './words-of-examples.ts';

/** A document was given a category, or none where the classifier was not sure enough. */
export const documentClassified = event('com.dip.document.classified', '1.0', {
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
      /** The words that decided: an `Explanation`; null where nothing was scored. */
      explanation: Type.Union([Ref, Type.Null()]),
      model: Type.Object({name: Name, version: Name}, {additionalProperties: false}),
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
  },
  words: {
    'documents/doc-00000000000000000001/ingested-1/content.json': content,
    'documents/doc-00000000000000000001/classified-1/explanation.json': explanation,
  },
});
