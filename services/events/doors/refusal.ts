import {representation, Type} from '#kit';

/** What every door answers with a status of 400 or more: one sentence. */
export const refusal = representation('refusal', {
  description: 'A request was not served; the sentence says why.',
  schema: Type.Object({error: Type.String()}),
  example: {error: 'There is no document "doc-00000000000000000001", or nothing about it has arrived yet.'},
});
