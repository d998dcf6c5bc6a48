import type {ExecutionContext} from 'ava';
import type {Representation, Static, TSchema} from '#kit';
import type {Answer} from './serving.ts';

/** What a front door has answered, once it was held to be what the door says that it answers. */
export function shown<Schema extends TSchema>(
  t: ExecutionContext,
  {name, faults}: Representation<Schema>,
  {status, body}: Answer,
): Static<Schema> {
  const object: unknown = JSON.parse(body.toString('utf8'));
  t.deepEqual(faults(object), [], `${status} is no ${name}: ${body}`);
  return JSON.parse(body.toString('utf8'));
}
