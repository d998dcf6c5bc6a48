import {event, Type} from '#kit';
import {Attribute, DocumentId, Name, Ref} from './values.ts';
import {cause} from './words-of-examples.ts';

/** An event that a trigger's subscriber could not take is kept, with what went wrong. */
export const deadletterKept = event('com.dip.deadletter.kept', '1.1', {
  description: "An event that a trigger's subscriber could not take is kept, with what went wrong.",
  schema: Type.Object(
    {
      /** The document that the event was about, if it was about one. */
      documentId: Type.Union([DocumentId, Type.Null()]),
      /** The event that could not be delivered. */
      event: Type.Object({type: Attribute, source: Attribute, id: Attribute}, {additionalProperties: false}),
      /** The trigger that gave up, where the broker said so. */
      trigger: Type.Union([Name, Type.Null()]),
      /** The service that could not take it, where the broker named one. */
      service: Type.Optional(Type.Union([Name, Type.Null()])),
      /** The last HTTP status, where there was one. */
      code: Type.Union([Type.Integer({minimum: 100, maximum: 599}), Type.Null()]),
      attempts: Type.Union([Type.Integer({minimum: 1}), Type.Null()]),
      /** What the subscriber said, in its own words: a `Cause`. */
      cause: Type.Union([Ref, Type.Null()]),
    },
    {additionalProperties: false},
  ),
  example: {
    documentId: 'doc-00000000000000000001',
    event: {type: 'com.dip.document.ingested', source: '/services/ingestion', id: 'ingested-1'},
    trigger: 'ingested-to-classification',
    service: 'classification',
    code: 500,
    attempts: 6,
    cause: 'documents/doc-00000000000000000001/kept-1/cause.json',
  },
  words: {
    'documents/doc-00000000000000000001/kept-1/cause.json': cause,
  },
});
