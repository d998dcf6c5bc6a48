import {createHash} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import type {Measures} from './measures.ts';
import {type Training, writeModel} from './model.ts';
import {type Example, trainModel} from './train.ts';

export interface TrainCommandOptions {
  /** The file of examples: JSON lines, each with `text` and `category` (or `label`). */
  examples: string;
  /** What the model is called, such as `consumer-finance`. */
  name: string;
  /** Its version, such as `1.0.0`. */
  version: string;
  /** The model's file. */
  out: string;
  /** Default 1. */
  seed?: number;
  /** The share, 0.05 to 0.5, that is held out to measure. Default 0.2. */
  holdOut?: number;
}

/** What training came to. */
export interface Report {
  name: string;
  version: string;
  out: string;
  /** Of the model's file. */
  bytes: number;
  sha256: string;
  categories: readonly string[];
  /** Words, word pairs and pieces that the model knows. */
  terms: number;
  temperature: number;
  threshold: number;
  training: Training;
  measures: Measures;
}

/**
 * Trains a model on a file of examples and writes it.
 *
 * @throws Error when a line is no example; RangeError when the examples are too few.
 */
export async function train(options: TrainCommandOptions): Promise<Report> {
  const {examples, out, ...rest} = options;
  const model = trainModel(examplesIn(await readFile(examples, 'utf8'), examples), rest);
  const bytes = await writeModel(out, model);
  return {
    name: model.name,
    version: model.version,
    out,
    bytes: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    categories: model.categories,
    terms: model.vocabulary.keys.length,
    temperature: model.temperature,
    threshold: model.threshold,
    training: model.training,
    measures: model.measures,
  };
}

function examplesIn(lines: string, path: string): Example[] {
  return lines.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return [];
    const example = exampleIn(line);
    if (example === null) {
      throw new Error(
        `Expected a JSON object with \`text\` and \`category\` in line ${at + 1} of \`${path}\`.`,
      );
    }
    return [example];
  });
}

function exampleIn(line: string): Example | null {
  const value = parsed(line);
  if (typeof value !== 'object' || value === null || !('text' in value)) return null;
  const category = 'category' in value ? value.category : 'label' in value ? value.label : null;
  return typeof value.text === 'string' && typeof category === 'string' ? {category, text: value.text} : null;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
