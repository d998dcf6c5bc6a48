import type {Model} from './model.ts';
import type {Tokens} from './tokens.ts';
import {count} from './vectorizer.ts';

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
export function contributions(model: Model, tokens: Tokens, contest: Contest): Map<string, number> {
  const perOccurrence = occurrences(model, tokens, contest);
  const sums = new Map<string, number>();
  for (const [at, key] of tokens.keys.entries()) {
    const weight = perOccurrence.get(key);
    const term = tokens.shown[tokens.holders[at] ?? 0];
    if (weight !== undefined && term !== undefined) sums.set(term, (sums.get(term) ?? 0) + weight);
  }
  return sums;
}

function occurrences(model: Model, tokens: Tokens, {category, against}: Contest): Map<number, number> {
  const bag = count(tokens);
  const {terms, values} = model.vectorize(bag);
  const weights = model.weights.terms;
  const found = new Map<number, number>();
  for (const [at, place] of terms.entries()) {
    const from = place * model.categories.length;
    const lead = (weights[from + category] ?? 0) - (against === null ? 0 : (weights[from + against] ?? 0));
    const key = model.vocabulary.keys[place] ?? 0;
    found.set(key, ((values[at] ?? 0) * lead) / model.temperature / (bag.get(key) ?? 1));
  }
  return found;
}
