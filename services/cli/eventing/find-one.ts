import {type JsonObject, textAt} from '#kit/json';
import {notFound} from '../failure.ts';
import {didYouMean} from '../nearest.ts';

/**
 * The object of a name.
 *
 * @param kind with its article left out, such as `Trigger`
 * @throws Failure (not found) naming the nearest
 */
export function findOne(
  objects: readonly JsonObject[],
  name: string,
  {kind, where}: {readonly kind: string; readonly where: string},
): JsonObject {
  const found = objects.find((object) => textAt(object, 'metadata', 'name') === name);
  if (found !== undefined) return found;
  const names = objects.flatMap((object) => textAt(object, 'metadata', 'name') ?? []);
  throw notFound(`There is no ${kind} ${name} ${where}${didYouMean(name, names)}`);
}
