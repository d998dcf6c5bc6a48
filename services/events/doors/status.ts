import {Type} from '#kit';

/** How a document stands: on its way, or at one of its ends. What makes each is the table in services/README.md. */
export const Status = Type.Union([
  Type.Literal('in-work'),
  Type.Literal('answered'),
  Type.Literal('rejected'),
  Type.Literal('failed'),
]);
