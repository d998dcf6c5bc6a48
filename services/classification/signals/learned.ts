import {classifyTerms} from '../classify.ts';
import type {Model} from '../model.ts';
import {likelihoodOf} from '../subject.ts';
import {type Terms, termsOf} from '../terms.ts';
import type {FindSignals, Found} from './find-signals.ts';

/**
 * From which likelihood on a letter is taken for one that gives a signal. From 0.7 on, twice as many of the letters that only
 * use the words of such letters would be, and of a hundred of these not one more.
 */
const leastLikelihood = 0.85;
/** From which likelihood on, among the signals, it is called by the likeliest of them. */
const leastSure = 0.5;
const mostWords = 5;

/**
 * Finds signals by their phrases and, in a text that says none of those, by what was learned from letters: people say that
 * they are in danger in more ways than anybody can list. What is learned often can't tell which signal it is; then it is a
 * `concern`, and always it names the words that spoke for it most.
 */
export function withLearned(byPhrases: FindSignals, model: Model): FindSignals {
  return (text, terms) => {
    const said = byPhrases(text);
    return said.length > 0 ? said : learned(model, terms ?? termsOf(text));
  };
}

function learned(model: Model, terms: Terms): Found[] {
  const vector = model.vectorize(terms.bag);
  const likelihood = vector.terms.length === 0 ? 0 : likelihoodOf(model.subject, vector);
  if (likelihood < leastLikelihood) return [];
  const {alternatives, explanation} = classifyTerms(model, terms);
  const [likeliest] = alternatives;
  const isSure = likeliest !== undefined && likeliest.confidence >= leastSure * likelihood;
  const words = (explanation?.terms ?? []).slice(0, mostWords).map(({term}) => term);
  return [{signal: isSure ? likeliest.category : 'concern', words: words.join(', ')}];
}
