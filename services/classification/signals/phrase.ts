import {keyOf, stop, type Word} from './words.ts';

/**
 * A way of saying something, as the owner of a file writes it: words with blanks between them, each of which may be
 * `one|of|several`, `begin*` with letters, or be left out (`maybe?`); `...` stands for up to five words of the same
 * sentence. Case, accents and apostrophes don't count.
 */
export interface Phrase {
  readonly source: string;
  readonly parts: readonly Part[];
}

/** One word of a phrase, or words in between. */
type Part =
  | {readonly kind: 'gap'}
  | {
      readonly kind: 'word';
      readonly isOptional: boolean;
      /** Whole words. */
      readonly words: ReadonlySet<string>;
      /** Letters that a word may go on after. */
      readonly beginnings: readonly string[];
    };

/** Words that `...` may stand for. */
const widestGap = 5;
const mostParts = 16;
const mostGaps = 3;

/** Reads a phrase. @throws Error, a sentence that says what is wrong with which part. */
export function readPhrase(source: string): Phrase {
  const written = source.trim().split(/\s+/);
  if (source.trim() === '' || written.length > mostParts)
    throw new Error(`Expected a phrase of 1 to ${mostParts} words, got \`${source.slice(0, 100)}\`.`);
  const parts = written.map((part) => partOf(part, source));
  if (parts.filter(({kind}) => kind === 'gap').length > mostGaps)
    throw new Error(`Expected at most ${mostGaps} times \`...\`, got \`${source}\`.`);
  const firstNeeded = parts.find((part) => part.kind === 'gap' || !part.isOptional);
  if (firstNeeded?.kind !== 'word' || parts.at(-1)?.kind === 'gap')
    throw new Error(`Expected a phrase that begins and ends with a word, got \`${source}\`.`);
  return {source, parts};
}

function partOf(written: string, source: string): Part {
  if (written === '...') return {kind: 'gap'};
  const isOptional = written.endsWith('?');
  const forms = (isOptional ? written.slice(0, -1) : written).split('|').map((form) => {
    const isBeginning = form.endsWith('*');
    const letters = keyOf(form);
    if (letters.length < (isBeginning ? 3 : 1) || /[*?]/.test(form.slice(0, -1)))
      throw new Error(
        `Expected words, with \`*\` behind at least 3 letters and \`?\` at the end, got \`${written}\` in \`${source}\`.`,
      );
    return {letters, isBeginning};
  });
  return {
    kind: 'word',
    isOptional,
    words: new Set(forms.filter(({isBeginning}) => !isBeginning).map(({letters}) => letters)),
    beginnings: forms.filter(({isBeginning}) => isBeginning).map(({letters}) => letters),
  };
}

/** What a phrase can begin with: whole words, and letters that a word begins with. */
export function beginningsOf({parts}: Phrase): {words: string[]; letters: string[]} {
  const all = parts.flatMap((part) => (part.kind === 'word' ? [part] : []));
  const first = all.slice(0, all.findIndex(({isOptional}) => !isOptional) + 1);
  return {
    words: first.flatMap(({words}) => [...words]),
    letters: first.flatMap(({beginnings}) => [...beginnings]),
  };
}

/** Where a phrase that begins at a word ends: the place after its last word, or undefined when it is not said there. */
export function endOf({parts}: Phrase, words: readonly Word[], begin: number): number | undefined {
  return endFrom(parts, 0, words, begin);
}

function endFrom(
  parts: readonly Part[],
  at: number,
  words: readonly Word[],
  place: number,
): number | undefined {
  const part = parts[at];
  if (part === undefined) return place;
  if (part.kind === 'gap') {
    for (let next = place; next <= place + widestGap; next++) {
      const end = endFrom(parts, at + 1, words, next);
      if (end !== undefined) return end;
      if (isEnd(words[next])) return undefined;
    }
    return undefined;
  }
  const word = words[place];
  if (word !== undefined && isSaid(part, word.key)) {
    const end = endFrom(parts, at + 1, words, place + 1);
    if (end !== undefined) return end;
  }
  return part.isOptional ? endFrom(parts, at + 1, words, place) : undefined;
}

function isEnd(word: Word | undefined): boolean {
  return word === undefined || word.key === stop;
}

function isSaid({words, beginnings}: Part & {kind: 'word'}, key: string): boolean {
  return words.has(key) || beginnings.some((letters) => key.startsWith(letters));
}
