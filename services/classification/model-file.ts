/**
 * What is in a model's file: a header, and four blocks: the terms' keys and frequencies (32 bits each, little-endian as
 * all numbers here), their weights for each category, and those for the subject where one was learned (16 bits each, in
 * steps of a power of two).
 */
import {type Static, Type} from 'typebox';
import {Compile} from 'typebox/compile';
import {sealModel, unsealModel} from '#settings';
import {Measures} from './measures.ts';
import type {Learned} from './model.ts';
import {stepOf} from './rounding.ts';
import type {Subject} from './subject.ts';

const Header = Type.Object({
  name: Type.String(),
  version: Type.String(),
  categories: Type.Array(Type.String()),
  biases: Type.Array(Type.Number()),
  temperature: Type.Number({exclusiveMinimum: 0}),
  threshold: Type.Number({minimum: 0, maximum: 1}),
  terms: Type.Integer({minimum: 0}),
  /** One step of a weight. */
  step: Type.Number({exclusiveMinimum: 0}),
  subject: Type.Union([
    Type.Null(),
    Type.Object({
      bias: Type.Number(),
      temperature: Type.Number({exclusiveMinimum: 0}),
      step: Type.Number({exclusiveMinimum: 0}),
    }),
  ]),
  training: Type.Object({
    examples: Type.Integer({minimum: 0}),
    foreign: Type.Integer({minimum: 0}),
    sha256: Type.String(),
    seed: Type.Integer(),
    holdOut: Type.Number(),
  }),
  /** Examples that the terms were counted in. */
  counted: Type.Integer({minimum: 0}),
  measures: Measures,
});
type Header = Static<typeof Header>;
const headerFits = Compile(Header);

/** The bytes of a model's file. Weights must be rounded to steps, as training leaves them. */
export function encodeModel(model: Learned): Uint8Array {
  const {vocabulary, weights, subject} = model;
  return sealModel(headerOf(model), [
    bytesOf(vocabulary.keys),
    bytesOf(vocabulary.frequencies),
    stepsOf(weights.terms),
    ...(subject === null ? [] : [stepsOf(subject.terms)]),
  ]);
}

/**
 * A model from its file's bytes.
 *
 * @throws Error when they are no model, of another format, cut off or changed.
 */
export function decodeModel(file: Buffer): Learned {
  const {header, blocks} = unsealModel(file);
  if (!headerFits.Check(header)) throw new Error('its header lacks what a model needs.');
  const {terms, categories, biases, step, subject, counted, ...rest} = header;
  const columns = categories.length + (subject === null ? 0 : 1);
  const size = terms * (8 + 2 * columns);
  if (blocks.byteLength !== size || biases.length !== categories.length) {
    throw new Error(`its header announces ${size} bytes of weights, it has ${blocks.byteLength}.`);
  }
  const rounded = new Int16Array(blocks, terms * 8, terms * columns);
  const places = terms * categories.length;
  return {
    ...rest,
    categories,
    vocabulary: {
      keys: new Uint32Array(blocks, 0, terms),
      frequencies: new Uint32Array(blocks, terms * 4, terms),
      examples: counted,
    },
    weights: {
      terms: scaled(rounded.subarray(0, places), step),
      biases: Float32Array.from(biases),
    },
    subject: subject === null ? null : subjectOf(subject, rounded.subarray(places)),
  };
}

function subjectOf({step, ...rest}: NonNullable<Header['subject']>, steps: Int16Array): Subject {
  return {...rest, terms: scaled(steps, step)};
}

/** A plain loop, which V8 compiles while it runs: by `map` this alone made a start of the service a third longer. */
function scaled(rounded: Int16Array, step: number): Float32Array {
  const weights = new Float32Array(rounded.length);
  for (let place = 0; place < rounded.length; place++) weights[place] = (rounded[place] ?? 0) * step;
  return weights;
}

function headerOf(model: Learned): Header {
  const {name, version, categories, vocabulary, weights, subject} = model;
  const {temperature, threshold, training, measures} = model;
  return {
    name,
    version,
    categories: [...categories],
    biases: [...weights.biases],
    temperature,
    threshold,
    terms: vocabulary.keys.length,
    step: stepOf(weights.terms),
    subject:
      subject === null
        ? null
        : {bias: subject.bias, temperature: subject.temperature, step: stepOf(subject.terms)},
    training,
    counted: vocabulary.examples,
    measures,
  };
}

function stepsOf(weights: Float32Array): Uint8Array {
  const step = stepOf(weights);
  return bytesOf(Int16Array.from(weights, (weight) => weight / step));
}

function bytesOf(numbers: Uint32Array | Int16Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
