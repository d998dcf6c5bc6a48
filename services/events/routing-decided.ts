import {event, Type} from '#kit';
import {
  Confidence,
  Count,
  DocumentId,
  Enclosed,
  Language,
  Name,
  Ref,
  Signals,
  Thread,
  Timestamp,
} from './values.ts';
import {content} from './words-of-examples.ts';

/** How soon a queue takes a document up. */
export const Priority = Type.Union([
  Type.Literal('low'),
  Type.Literal('normal'),
  Type.Literal('high'),
  Type.Literal('urgent'),
]);

/** It was decided who answers a document, by when and how. */
export const routingDecided = event('com.dip.routing.decided', '1.1', {
  description: 'It was decided who answers a document, by when, and with which template.',
  schema: Type.Object(
    {
      documentId: DocumentId,
      /** What the document says: a `Content`. */
      content: Ref,
      language: Language,
      category: Type.Union([Name, Type.Null()]),
      confidence: Type.Union([Confidence, Type.Null()]),
      /** The number of the correction that this decision follows; 0 for the classifier's own word. */
      correction: Count,
      queue: Name,
      priority: Priority,
      dueAt: Timestamp,
      handler: Type.Union([Type.Literal('automatic'), Type.Literal('human')]),
      template: Name,
      /** The first rule that matched. */
      rule: Name,
      /** SHA-256 of the rules as they were. */
      ruleset: Type.String({pattern: '^[0-9a-f]{64}$'}),
      /** The values that the rule's condition read, by the names it reads them by. */
      read: Type.Record(
        Type.String({pattern: '^[a-z][A-Za-z0-9]{0,62}$'}),
        Type.Union([Name, Type.Number(), Type.Boolean(), Type.Null()]),
        {additionalProperties: false},
      ),
      /** (Since 1.1) */
      enclosed: Type.Optional(Enclosed),
      /** With any of them no rule makes it automatic. (Since 1.1) */
      signals: Type.Optional(Signals),
      /** (Since 1.1) */
      thread: Type.Optional(Thread),
    },
    {additionalProperties: false},
  ),
  example: {
    documentId: 'doc-00000000000000000001',
    content: 'documents/doc-00000000000000000001/ingested-1/content.json',
    language: 'en',
    category: 'mortgage',
    confidence: 0.91,
    correction: 0,
    queue: 'lending',
    priority: 'normal',
    dueAt: '2026-01-16T09:00:00.000Z',
    handler: 'human',
    template: 'mortgage',
    rule: 'lending',
    ruleset: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    read: {category: 'mortgage', confidence: 0.91},
    enclosed: [],
    signals: [],
    thread: {case: '7KQ2M-9XF3T', follows: null, claims: null},
  },
  words: {
    'documents/doc-00000000000000000001/ingested-1/content.json': content,
  },
});
