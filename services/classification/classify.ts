import {type Contest, contributions, type Features} from './contributions.ts';
import type {Model} from './model.ts';
import {scores, softmax} from './softmax-regression.ts';
import {likelihoodOf} from './subject.ts';
import {type Terms, termsOf} from './terms.ts';

/** What a model says about a text. */
export interface Classification {
  /** Null: unclassified, because the confidence is below the model's threshold or nothing could be scored. */
  category: string | null;
  /**
   * The calibrated probability of the most likely category, 0 to 1; null where no term of the text is known. It is the
   * probability that the text is about the model's subject at all, times that it is of this category if so: what is
   * about something else has a low one, and so no category.
   */
  confidence: number | null;
  /** The most likely categories, at most 3, best first. */
  alternatives: {category: string; confidence: number}[];
  /**
   * The words and word pairs, at most 8, that speak most for the most likely category against the next one, in
   * natural log-odds between the two. Null where nothing was scored.
   */
  explanation: {category: string; against: string | null; terms: {term: string; weight: number}[]} | null;
}

const mostAlternatives = 3;
const mostTerms = 8;

/** Says what a text is about, how sure that is, and which words said so. */
export function classify(model: Model, text: string): Classification {
  return classifyTerms(model, termsOf(text));
}

/** The same of a text whose terms are counted already: to count takes longer than all the rest. */
export function classifyTerms(model: Model, terms: Terms): Classification {
  const vector = model.vectorize(terms.bag);
  if (vector.terms.length === 0)
    return {category: null, confidence: null, alternatives: [], explanation: null};

  const belonging = likelihoodOf(model.subject, vector);
  const likely = [...softmax(scores(model.weights, vector), model.temperature).entries()]
    .map(([number, probability]) => ({number, confidence: roundedDown(belonging * probability)}))
    .sort((one, other) => other.confidence - one.confidence || one.number - other.number);
  const [best, next] = likely;
  if (best === undefined)
    throw new TypeError(`Expected model \`${model.name}\` to have categories, it has none.`);
  return {
    category: best.confidence < model.threshold ? null : nameOf(model, best.number),
    confidence: best.confidence,
    alternatives: likely
      .slice(0, mostAlternatives)
      .map(({number, confidence}) => ({category: nameOf(model, number), confidence})),
    explanation: {
      category: nameOf(model, best.number),
      against: next === undefined ? null : nameOf(model, next.number),
      terms: strongest(model, {terms, vector}, {category: best.number, against: next?.number ?? null}),
    },
  };
}

function strongest(model: Model, reading: Features, contest: Contest): Weighed[] {
  const found: Weighed[] = [];
  const leads = contributions(model, reading, contest);
  for (let at = 0; at < leads.length; at++) {
    const weight = rounded(leads[at] ?? 0);
    const last = found.length < mostTerms ? 0 : (found.at(-1)?.weight ?? 0);
    if (weight > 0 && weight >= last) insert({term: reading.terms.shownAt(at), weight}, found);
  }
  return found;
}

interface Weighed {
  term: string;
  weight: number;
}

/** Keeps the strongest, strongest first: thousands are looked at, and to sort them all took an eighth of the time. */
function insert(weighed: Weighed, found: Weighed[]): void {
  const place = found.findIndex((other) => isBefore(weighed, other));
  found.splice(place < 0 ? found.length : place, 0, weighed);
  found.length = Math.min(found.length, mostTerms);
}

function isBefore(one: Weighed, other: Weighed): boolean {
  return one.weight === other.weight ? one.term < other.term : one.weight > other.weight;
}

function nameOf(model: Model, number: number): string {
  return model.categories[number] ?? '';
}

/** Never more than it is: 0.99996 is not certainty. */
function roundedDown(probability: number): number {
  return Math.floor(probability * 10_000) / 10_000;
}

function rounded(weight: number): number {
  return Math.round(weight * 10_000) / 10_000;
}
