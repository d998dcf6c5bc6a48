/** What a word is taken for: letters, and whatever else is neither white space nor ASCII. */
const words = /[\p{L}\p{M}\u0080-\uffff]+/gu;

/**
 * How much of what is not ASCII stands where no writing has it, from 0 to 1: a sign between two letters, a capital after
 * a small letter, two scripts in one word. A text that was decoded as something else than it was written in is full of it.
 */
export function oddity(text: string): number {
  // Chinese and its neighbours put no space between their words and Latin ones.
  const isEastAsian = count(text, eastAsian) * 3 > count(text, /\p{L}/gu);
  let all = 0;
  let odd = 0;
  for (const [word] of text.matchAll(words)) {
    const foreign = count(word, /\P{ASCII}/gu);
    if (foreign === 0) continue;
    all += foreign;
    if (isOdd(word, isEastAsian)) odd += foreign;
  }
  return all === 0 ? 0 : odd / all;
}

function isOdd(word: string, isEastAsian: boolean): boolean {
  // A mark stands on a letter.
  if (/^\p{M}|[\p{Cc}\p{Co}\p{Cn}\ufffd]/u.test(word)) return true;
  if (isEastAsian) return false;
  // What stands at the ends of words, or within them as an apostrophe does.
  const inner = word
    .replace(/^[\p{Pi}\p{Pf}\p{Ps}\p{Pe}\p{Pd}\p{Po}\p{Z}\p{Sc}]+/u, '')
    .replace(/[\p{Pi}\p{Pf}\p{Ps}\p{Pe}\p{Pd}\p{Po}\p{Z}\p{Sc}™®©°²³ªº]+$/u, '')
    .replace(/[’'·\u00ad\u200c\u200d]/g, '');
  if (/[\p{S}\p{N}\u2018-\u203a¿¡]/u.test(inner) || /\p{Ll}[–—]\p{Ll}/u.test(inner)) return true;
  if (/\p{L}[†‡•¤¦§¶]|[†‡•¤¦¶‰]\p{L}/u.test(word)) return true;
  if (/\p{Ll}\p{Lu}/u.test(inner)) return true;
  return scripts.filter((script) => script.test(inner)).length > 1;
}

const eastAsian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

const scripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Hebrew}/u,
  /[\p{Script=Arabic}\p{Script_Extensions=Arabic}]/u,
  /\p{Script=Thai}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u,
];

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
