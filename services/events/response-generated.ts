import {event, Type} from '#kit';
import {Attribute, DocumentId, Language, Name, Ref} from './values.ts';
import {answer} from './words-of-examples.ts';

/** An answer to a document was drafted. */
export const responseGenerated = event('com.dip.response.generated', '1.0', {
  description: 'An answer to a document was drafted.',
  schema: Type.Object(
    {
      documentId: DocumentId,
      responseId: Type.String({pattern: '^[A-Za-z0-9-]{1,64}$'}),
      /** The answer: an `Answer`. */
      draft: Ref,
      language: Language,
      method: Type.Union([Type.Literal('template'), Type.Literal('retrieval'), Type.Literal('llm')]),
      /** Fields that the template asks for and the document does not give. */
      missing: Type.Array(Name, {maxItems: 32}),
      /** A person has to read it before it goes out. */
      needsReview: Type.Boolean(),
      /** What made it, each part with its version. */
      generator: Type.Object({template: Name, version: Attribute}, {additionalProperties: false}),
    },
    {additionalProperties: false},
  ),
  example: {
    documentId: 'doc-00000000000000000001',
    responseId: 'response-1',
    draft: 'documents/doc-00000000000000000001/generated-1/answer.json',
    language: 'en',
    method: 'template',
    missing: ['reference'],
    needsReview: true,
    generator: {template: 'mortgage', version: '3b1f0c2a9d4e'},
  },
  words: {
    'documents/doc-00000000000000000001/generated-1/answer.json': answer,
  },
});
