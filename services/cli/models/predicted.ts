import {cell, oneLine, share} from '../output/cell.ts';
import type {View} from '../output/print.ts';

/** What is used of `services/classification/predict.ts`, which is loaded by its name as services are. */
export interface Classification {
  predictor(from: {
    readonly file?: string | undefined;
    readonly settingsDirectory?: string | undefined;
  }): Promise<(text: string) => Prediction & {readonly explanation: unknown}>;
}

/** What the model says about a text, in the words of `document.classified`. */
export interface Prediction {
  /** Null: unclassified. */
  readonly category: string | null;
  /** Of the most likely category, 0 to 1; null where nothing was scored. */
  readonly confidence: number | null;
  readonly alternatives: readonly {readonly category: string; readonly confidence: number}[];
}

/** A prediction beside its text. */
export interface Predicted {
  readonly line: number;
  readonly text: string;
  readonly prediction: Prediction;
}

/** Texts and what they are about. */
export const predictedView: View<Predicted> = {
  name: ({prediction}) => prediction.category ?? undefined,
  columns: [
    {title: 'LINE', value: ({line}) => String(line), cut: 'nothing'},
    {
      title: 'CATEGORY',
      value: ({prediction}) => cell(prediction.category),
      color: ({prediction}) => (prediction.category === null ? undefined : 'green'),
    },
    {title: 'CONFIDENCE', value: ({prediction}) => share(prediction.confidence)},
    {title: 'LIKELY', value: ({prediction}) => cell(prediction.alternatives[0]?.category), wide: true},
    {title: 'TEXT', value: ({text}) => oneLine(text.slice(0, 80)) || '-'},
  ],
};
