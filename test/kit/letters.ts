/** The facts that the services of these tests hear and say. */
import {event, representation, Type} from '#kit';

const text = Type.String({maxLength: 64});

export const letterWritten = event('com.dip.letter.written', '2.1', {
  description: 'A letter was written.',
  schema: Type.Object({documentId: text, words: Type.Integer({minimum: 0})}, {additionalProperties: false}),
  example: {documentId: 'doc-1', words: 3},
  upcasters: {1: withWords},
});

export const letterAnswered = event('com.dip.letter.answered', '1.0', {
  description: 'A letter was answered.',
  schema: Type.Object({documentId: text, answer: text}, {additionalProperties: false}),
  example: {documentId: 'doc-1', answer: 'yes'},
});

export const letterCopied = event('com.dip.letter.copied', '1.0', {
  description: 'A letter was copied.',
  schema: Type.Object({documentId: text, copy: Type.Integer(), model: text}, {additionalProperties: false}),
  example: {documentId: 'doc-1', copy: 1, model: '1'},
});

/** Before version 2 a letter was its words, in a list. */
function withWords(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || !('words' in data) || !Array.isArray(data.words))
    throw new TypeError('Expected a letter with a list of words.');
  return {...data, words: data.words.length};
}

/** What a door of a test answers, whatever it is. */
export const anyAnswer = representation('anything', {
  description: 'Whatever a door of a test answers.',
  schema: Type.Unknown(),
  example: null,
});
