import {representation, Type} from '#kit';
import {documentRejected} from '../document-rejected.ts';
import {Text} from '../values.ts';

/** An event in the JSON format of CloudEvents (structured mode). */
export const StructuredEvent = Type.Object({
  specversion: Type.String(),
  id: Type.String(),
  source: Type.String(),
  type: Type.String(),
});

const example = {
  specversion: '1.0',
  id: 'rejected-1',
  source: '/services/ingestion',
  type: documentRejected.type,
  subject: documentRejected.example.documentId,
  data: documentRejected.example,
};

/** Events as they were kept. */
export const factsShown = representation('facts', {
  description: 'A page of events as they were kept, in order of arrival.',
  schema: Type.Object({
    facts: Type.Array(Type.Object({position: Type.Integer(), keptAt: Type.String(), event: StructuredEvent})),
    /** The `after` of the next page; null: this is the last. */
    next: Text,
  }),
  example: {facts: [{position: 1, keptAt: '2026-01-15T09:00:00.000Z', event: example}], next: null},
});

/** Events whose id had come before with other content. */
export const alarmsShown = representation('alarms', {
  description: 'Events whose id had come before with other content, the latest first. There should be none.',
  schema: Type.Object({
    alarms: Type.Array(
      Type.Object({
        source: Type.String(),
        id: Type.String(),
        raisedAt: Type.String(),
        /** What came second. */
        event: StructuredEvent,
      }),
    ),
  }),
  example: {
    alarms: [{source: example.source, id: example.id, raisedAt: '2026-01-15T09:00:00.000Z', event: example}],
  },
});
