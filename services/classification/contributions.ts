import type {Model} from './model.ts';
import type {Terms} from './terms.ts';
import type {Vector} from './vectorizer.ts';

/** A text as a model sees it. */
export interface Features {
  readonly terms: Terms;
  readonly vector: Vector;
}

/** Two categories by their numbers; null: against none. */
export interface Contest {
  readonly category: number;
  readonly against: number | null;
}

/**
 * What each word and word pair of a text, in the order of its `shown`, adds to a category's lead over another.
 *
 * Exact: with the difference of the two biases (divided by the temperature) they sum to the natural logarithm
 * of the odds between the two. A piece that several words share is shared out by how often each holds it.
 */
export function contributions(model: Model, reading: Features, contest: Contest): Float64Array {
  return reading.terms.sums(leadPerOccurrence(model, reading, contest));
}

function leadPerOccurrence(
  model: Model,
  {terms: {bag}, vector}: Features,
  {category, against}: Contest,
): Float64Array {
  const weights = model.weights.terms;
  const leads = new Float64Array(bag.keys.length);
  for (let at = 0; at < vector.terms.length; at++) {
    const from = (vector.terms[at] ?? 0) * model.categories.length;
    const lead = (weights[from + category] ?? 0) - (against === null ? 0 : (weights[from + against] ?? 0));
    const place = vector.places[at] ?? 0;
    leads[place] = ((vector.values[at] ?? 0) * lead) / model.temperature / (bag.times[place] ?? 1);
  }
  return leads;
}
