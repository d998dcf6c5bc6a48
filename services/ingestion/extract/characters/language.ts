import {load} from '../load.ts';

/** Letters below which a guess is not worth making; scripts that write a word in a sign or two need fewer. */
const fewestLetters = 20;
const fewestIdeographs = 6;
/** Prose that is looked at, in UTF-16 units: three passages of what the detector takes in at a time. */
const passageLength = 350;
const passages = 3;

/**
 * The language of a text, ISO 639-1, or null when there is too little of it to tell.
 *
 * The detector reads 350 bytes, and a letter begins with names, streets and numbers; so it is given passages
 * of the prose, and their scores are added by length.
 */
export async function languageOf(text: string): Promise<string | null> {
  const prose = proseOf(text);
  const letters = prose.match(/\p{L}/gu)?.length ?? 0;
  const ideographs = prose.match(ideographic)?.length ?? 0;
  if (letters < fewestLetters && ideographs < fewestIdeographs) return null;
  return best(await scoresOf(passagesOf(prose)))?.language ?? null;
}

/** The language that a text looks most like, and how much, from 0; to compare two readings of the same bytes. */
export async function likeliestLanguage(
  text: string,
): Promise<{language: string; score: number} | undefined> {
  return best(await scoresOf(passagesOf(proseOf(text))));
}

/** Loads the detector, which takes longer than all that it does later. */
export async function loadLanguages(): Promise<void> {
  await detector();
}

/** Of four sizes the smallest: as right as the others at the length of a letter, at a third of the start. */
const detector = async () => (await load(() => import('eld/extrasmall'))).eld;

const ideographic =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu;

/** Without addresses, numbers and the short lines of letterheads and signatures, where longer ones are left. */
function proseOf(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .replace(/[!-~]+/g, (token) => (/[@\d]|:\/\/|www\./.test(token) ? ' ' : token))
    .split('\n')
    .map((line) => line.trim());
  const long = lines.filter((line) => line.length >= 40 || (line.match(ideographic)?.length ?? 0) >= 15);
  return (long.join(' ').length >= 120 ? long : lines).join(' ').replace(/\s+/g, ' ');
}

function passagesOf(prose: string): string[] {
  if (prose.length <= passageLength) return [prose];
  const step = Math.max(passageLength, (prose.length - passageLength) / (passages - 1));
  return Array.from({length: passages}, (_, index) =>
    prose.slice(index * step, index * step + passageLength),
  );
}

async function scoresOf(texts: string[]): Promise<Map<string, number>> {
  const eld = await detector();
  const sums = new Map<string, number>();
  for (const text of texts) {
    for (const [language, score] of Object.entries(eld.detect(text).getScores())) {
      sums.set(language, (sums.get(language) ?? 0) + score * text.length);
    }
  }
  return sums;
}

function best(scores: Map<string, number>): {language: string; score: number} | undefined {
  let found: {language: string; score: number} | undefined;
  for (const [language, score] of scores) if (!found || score > found.score) found = {language, score};
  return found;
}
