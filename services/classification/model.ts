import {writeFile} from 'node:fs/promises';
import {readSealedModel} from '#settings';
import type {Measures} from './measures.ts';
import {decodeModel, encodeModel} from './model-file.ts';
import type {Weights} from './softmax-regression.ts';
import type {Subject} from './subject.ts';
import {type Vectorize, type Vocabulary, vectorizer} from './vectorizer.ts';

/** What a classifier has learned, and how well. */
export interface Model extends Learned {
  /** Turns the terms of a text into the vector that the weights are for. */
  readonly vectorize: Vectorize;
}

/** The part of a model that is kept in its file. */
export interface Learned {
  /** What it is called, such as `consumer-finance`. */
  readonly name: string;
  /** Its version, such as `1.0.0`. */
  readonly version: string;
  /** The categories it knows, in alphabetical order. */
  readonly categories: readonly string[];
  readonly vocabulary: Vocabulary;
  readonly weights: Weights;
  /** What tells texts of its categories from all others; null where it learned from none of those. */
  readonly subject: Subject | null;
  /** What scores are divided by, so that confidence is honest. */
  readonly temperature: number;
  /** The least confidence, 0 to 1, at which a category is given. */
  readonly threshold: number;
  readonly training: Training;
  /** On examples that were held out. */
  readonly measures: Measures;
}

/** What a model was made from: with the same examples it can be made again, byte for byte. */
export interface Training {
  /** Those that have a category. */
  readonly examples: number;
  /** Those about something else. */
  readonly foreign: number;
  /** Of the categories and texts, in order. */
  readonly sha256: string;
  readonly seed: number;
  /** The share of the examples, 0 to 1, that was held out to measure. */
  readonly holdOut: number;
}

/** A model that is ready to classify. */
export function modelOf(learned: Learned): Model {
  return {...learned, vectorize: vectorizer(learned.vocabulary)};
}

/**
 * Reads a model's file, compressed or not.
 *
 * @throws Error when the file is missing, damaged, or of a format that this version does not read.
 */
export async function readModel(path: string | URL): Promise<Model> {
  try {
    return modelOf(decodeModel(await readSealedModel(path)));
  } catch (error) {
    throw new Error(`Expected a model in \`${path}\`: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

/** Writes a model's file and gives its bytes. */
export async function writeModel(path: string | URL, model: Learned): Promise<Uint8Array> {
  const bytes = encodeModel(model);
  await writeFile(path, bytes);
  return bytes;
}
