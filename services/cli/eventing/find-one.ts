import {notFound} from '../failure.ts';
import {didYouMean} from '../nearest.ts';

/**
 * What has a name.
 *
 * @param kind with its article left out, such as `Trigger`
 * @throws Failure (not found) naming the nearest
 */
export function findOne<Item extends {readonly name: string}>(
  items: readonly Item[],
  name: string,
  {kind, where}: {readonly kind: string; readonly where: string},
): Item {
  const found = items.find((item) => item.name === name);
  if (found !== undefined) return found;
  const names = items.map((item) => item.name);
  throw notFound(`There is no ${kind} ${name} ${where}${didYouMean(name, names)}`);
}
