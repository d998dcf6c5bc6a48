import {type Content, ownWordsOf} from '#events';

/** What of a document and its parts is looked at. */
export interface Texts {
  /** What it is about: what its writer says, and where that is next to nothing what it carries. */
  readonly letter: string;
  /** All that is said in it. */
  readonly whole: string;
}

/** Letters below which a mail only carries: "please see attached", with a greeting and a name. */
const fewestLetters = 300;

/**
 * The texts of a document. What somebody attaches to a letter of their own, such as terms and statements, would drown what
 * they say of it.
 */
export function textsOf(content: Content, parts: readonly Content[]): Texts {
  const own = saidIn(content);
  const whole = [own, ...parts.map(saidIn)].filter((text) => text !== '').join('\n\n');
  const letters = ownWordsOf(content).match(/\p{L}/gu)?.length ?? 0;
  return {letter: letters < fewestLetters ? whole : own, whole};
}

function saidIn(content: Content): string {
  return [content.title ?? '', ownWordsOf(content).trim()].filter((text) => text !== '').join('\n\n');
}
