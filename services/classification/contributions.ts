import type {Model} from './model.ts';
import type {Tokens} from './tokens.ts';
import type {Bag, Vector} from './vectorizer.ts';

/** A text as a model sees it. */
export interface Features {
  readonly tokens: Tokens;
  readonly bag: Bag;
  readonly vector: Vector;
}

/** Two categories by their numbers; null: against none. */
export interface Contest {
  readonly category: number;
  readonly against: number | null;
}

/**
 * What each word and word pair of a text adds to a category's lead over another.
 *
 * Exact: with the difference of the two biases (divided by the temperature) they sum to the natural logarithm
 * of the odds between the two. A piece that several words share is shared out by how often each holds it.
 */
export function contributions(model: Model, reading: Features, contest: Contest): Map<string, number> {
  const {tokens, bag} = reading;
  const leads = leadPerOccurrence(model, reading, contest);
  const sums = new Float64Array(tokens.shown.length);
  for (let at = 0; at < bag.places.length; at++) {
    const holder = tokens.holders[at] ?? 0;
    sums[holder] = (sums[holder] ?? 0) + (leads[bag.places[at] ?? 0] ?? 0);
  }
  const byTerm = new Map<string, number>();
  for (const [at, term] of tokens.shown.entries())
    byTerm.set(term, (byTerm.get(term) ?? 0) + (sums[at] ?? 0));
  return byTerm;
}

function leadPerOccurrence(
  model: Model,
  {bag, vector}: Features,
  {category, against}: Contest,
): Float64Array {
  const weights = model.weights.terms;
  const leads = new Float64Array(bag.keys.length);
  for (const [at, term] of vector.terms.entries()) {
    const from = term * model.categories.length;
    const lead = (weights[from + category] ?? 0) - (against === null ? 0 : (weights[from + against] ?? 0));
    const place = vector.places[at] ?? 0;
    leads[place] = ((vector.values[at] ?? 0) * lead) / model.temperature / (bag.times[place] ?? 1);
  }
  return leads;
}
