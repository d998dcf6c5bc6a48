import {keyOf, stop, type Word} from './words.ts';

/**
 * A way of saying something, as the owner of a file writes it: words with blanks between them, each of which may be
 * `one|of|several`, `begin*` with letters, or be left out (`maybe?`); `...` stands for up to five words of the same
 * sentence. Case, accents and apostrophes don't count.
 */
export interface Phrase {
  readonly source: string;
  readonly parts: readonly Part[];
  /** What a text must have all of. */
  readonly needs: readonly Forms[];
}

/** Some words that one place of a phrase can have: whole ones, and letters that one begins with. */
export interface Forms {
  readonly words: ReadonlySet<string>;
  readonly beginnings: readonly string[];
}

/** One word of a phrase, or words in between. */
type Part = {readonly kind: 'gap'} | (Forms & {readonly kind: 'word'; readonly isOptional: boolean});

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
  const words = parts.filter((part) => part.kind === 'word');
  return {source, parts, needs: words.filter(({isOptional}) => !isOptional)};
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

/** How many words of a text a phrase can have before one of its needs. */
export function reachOf({parts}: Phrase, need: Forms): number {
  const before = parts.slice(
    0,
    parts.findIndex((part) => part.kind === 'word' && part.words === need.words),
  );
  return before.reduce((sum, {kind}) => sum + (kind === 'gap' ? widestGap : 1), 0);
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

function isSaid({words, beginnings}: Forms, key: string): boolean {
  return words.has(key) || beginnings.some((letters) => key.startsWith(letters));
}
