import {representation, Type} from '#kit';
import {documentResumed} from '../document-resumed.ts';

/** What whoever resumes a document hears: what is published again, in whose name and since when. */
export const resumption = representation('resumption', {
  description: 'A document is resumed: so many of its facts are published again.',
  schema: Type.Object({...documentResumed.schema.properties, resumedAt: Type.String()}),
  example: {...documentResumed.example, resumedAt: '2026-01-15T09:20:00.000Z'},
});
