/** How good a classifier is, on documents whose categories are known and that it has not learned from. */
import {type Static, Type} from '#kit';
import {softmax} from './softmax-regression.ts';
import type {Judged} from './temperature.ts';

const Share = Type.Number({minimum: 0, maximum: 1});

/** All shares are from 0 to 1. */
export const Measures = Type.Object({
  documents: Type.Integer({minimum: 0}),
  /** The share whose most likely category is right. */
  accuracy: Share,
  /** The mean over categories of F1 (the harmonic mean of precision and recall), however rare a category is. */
  macroF1: Share,
  /** How far confidence is from accuracy: the expected calibration error, in 15 bins. */
  calibrationError: Share,
  /** The share, most confident first, that can be taken without a person at 95 % accuracy. */
  automatic: Share,
  /** The share at or above the model's threshold, and its accuracy. */
  classified: Type.Object({share: Share, accuracy: Share}),
  /** Texts about something else, and the share of them that got a category all the same. */
  foreign: Type.Object({documents: Type.Integer({minimum: 0}), classified: Share}),
  categories: Type.Array(
    Type.Object({
      category: Type.String(),
      documents: Type.Integer(),
      precision: Share,
      recall: Share,
      f1: Share,
    }),
  ),
  /** What was said and what was so, for each range of confidence that occurs. */
  calibration: Type.Array(
    Type.Object({from: Share, to: Share, documents: Type.Integer(), confidence: Share, accuracy: Share}),
  ),
});
export type Measures = Static<typeof Measures>;

export interface MeasureOptions {
  categories: readonly string[];
  temperature: number;
  threshold: number;
  /** Texts about something else; their labels say nothing. */
  foreign?: readonly Judged[];
}

const bins = 15;
const wantedAccuracy = 0.95;

/** The answer to one document: the most likely category, how sure, and what it is. */
export interface Verdict {
  readonly category: number;
  readonly confidence: number;
  readonly label: number;
}

export function measure(judged: readonly Judged[], options: MeasureOptions): Measures {
  const verdicts = judged.map((one) => verdictOf(one, options.temperature));
  const categories = options.categories.map((category, number) => perCategory(verdicts, category, number));
  const calibration = calibrationOf(verdicts);
  const classified = verdicts.filter(({confidence}) => confidence >= options.threshold);
  const foreign = (options.foreign ?? []).map((one) => verdictOf(one, options.temperature));
  return {
    documents: verdicts.length,
    accuracy: round(accuracyOf(verdicts)),
    macroF1: round(mean(categories.filter(({documents}) => documents > 0).map(({f1}) => f1))),
    calibrationError: round(
      calibration.reduce((sum, bin) => sum + bin.documents * Math.abs(bin.confidence - bin.accuracy), 0) /
        Math.max(1, verdicts.length),
    ),
    automatic: round(automaticOf(verdicts)),
    classified: {
      share: round(ratio(classified.length, verdicts.length)),
      accuracy: round(accuracyOf(classified)),
    },
    foreign: {
      documents: foreign.length,
      classified: round(
        ratio(foreign.filter(({confidence}) => confidence >= options.threshold).length, foreign.length),
      ),
    },
    categories,
    calibration,
  };
}

/** The most likely category and its calibrated probability. */
export function verdictOf({scores, label, belonging = 1}: Judged, temperature: number): Verdict {
  const likely = softmax(scores, temperature);
  const most = likely.reduce((one, other) => Math.max(one, other), 0);
  return {category: likely.indexOf(most), confidence: belonging * most, label};
}

function perCategory(verdicts: readonly Verdict[], category: string, number: number) {
  const documents = verdicts.filter(({label}) => label === number).length;
  const said = verdicts.filter((verdict) => verdict.category === number).length;
  const right = verdicts.filter((verdict) => verdict.category === number && verdict.label === number).length;
  return {
    category,
    documents,
    precision: round(ratio(right, said)),
    recall: round(ratio(right, documents)),
    f1: round(ratio(2 * right, said + documents)),
  };
}

function calibrationOf(verdicts: readonly Verdict[]) {
  return Array.from({length: bins}, (_, bin) => {
    const here = verdicts.filter(({confidence}) => Math.min(bins - 1, Math.floor(confidence * bins)) === bin);
    return {
      from: round(bin / bins),
      to: round((bin + 1) / bins),
      documents: here.length,
      confidence: round(mean(here.map(({confidence}) => confidence))),
      accuracy: round(accuracyOf(here)),
    };
  }).filter(({documents}) => documents > 0);
}

function automaticOf(verdicts: readonly Verdict[]): number {
  const surestFirst = verdicts.toSorted((one, other) => other.confidence - one.confidence);
  let right = 0;
  let most = 0;
  for (const [at, verdict] of surestFirst.entries()) {
    if (verdict.category === verdict.label) right++;
    if (right / (at + 1) >= wantedAccuracy) most = at + 1;
  }
  return ratio(most, verdicts.length);
}

function accuracyOf(verdicts: readonly Verdict[]): number {
  return ratio(verdicts.filter(({category, label}) => category === label).length, verdicts.length);
}

function mean(numbers: readonly number[]): number {
  return ratio(
    numbers.reduce((sum, number) => sum + number, 0),
    numbers.length,
  );
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function round(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}
