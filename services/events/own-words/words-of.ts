import type {Content} from '../content.ts';
import {type Passage, passagesIn} from './passages.ts';

/**
 * The text of a document with blanks in the place of what its writer did not write anew, so that what is found in it stands
 * at the same place in the text: what somebody quotes is not what they say.
 */
export function ownWordsOf({text, own}: Pick<Content, 'text' | 'own'>): string {
  return own === undefined ? text : withBlanks(text, own);
}

/**
 * The text of a document with blanks in the place of all that its writer did not sign: the words of others, and a letter
 * that is handed on. What is found in it stands at the same place in the text.
 */
export function signedWordsOf({text, signed}: Pick<Content, 'text' | 'signed'>): string {
  return withBlanks(text, signed ?? passagesIn(text, null).signed);
}

function withBlanks(text: string, passages: readonly Passage[]): string {
  let at = 0;
  let words = '';
  for (const {from, to} of passages) {
    words += blank(text.slice(at, from)) + text.slice(from, to);
    at = Math.max(at, to);
  }
  return words + blank(text.slice(at));
}

/** Line feeds stay: they end paragraphs. */
function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}
