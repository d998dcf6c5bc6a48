import type {Content} from './content.ts';

/**
 * The text of a document with blanks in the place of what its writer did not write anew, so that what is found in it stands
 * at the same place in the text: what somebody quotes is not what they say.
 */
export function ownWordsOf({text, own}: Pick<Content, 'text' | 'own'>): string {
  if (own === undefined) return text;
  let at = 0;
  let words = '';
  for (const {from, to} of own) {
    words += blank(text.slice(at, from)) + text.slice(from, to);
    at = Math.max(at, to);
  }
  return words + blank(text.slice(at));
}

/** Line feeds stay: they end paragraphs. */
function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}
