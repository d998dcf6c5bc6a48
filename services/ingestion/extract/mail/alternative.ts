/**
 * Whether a letter is read from its HTML and not from the plain text beside it. The two should say the same
 * (RFC 2046 section 5.1.4), and plain text is then the better one to read; but it may be no more than a notice that there
 * is HTML, a link to it, or its beginning.
 */
export function isOnlyInHtml(plain: string, html: string): boolean {
  const [plainWords, htmlWords] = [wordsOf(plain), wordsOf(html)];
  if (plainWords.length === 0 || htmlWords.length === 0) return plainWords.length === 0;
  const [letters, lettersInHtml] = [lettersOf(plainWords), lettersOf(htmlWords)];
  const share = shareOf(new Set(plainWords), new Set(htmlWords));
  if (lettersInHtml > 2 * letters + fewLetters) return true;
  if (share > 0.9) return lettersInHtml > 1.5 * letters;
  if (share >= 0.5) return false;
  return lettersInHtml > letters || (letters < longestNotice && notice.test(plain));
}

/** By so many letters one text may be longer than the other for what stands around a letter. */
const fewLetters = 100;

/** Of the words the part that others have, too. */
function shareOf(words: ReadonlySet<string>, others: ReadonlySet<string>): number {
  return words.intersection(others).size / words.size;
}

/** What a notice speaks of, in any language; it has a few sentences. */
const notice = /html|browser|navega?d|navigat|https?:\/\/|e-?mail[ -](?:client|prog|viewer|reader)/i;
const longestNotice = 400;

/** How much of a text is compared. */
const comparedLength = 200_000;

/** Words, and signs of the scripts that put no space between words. Addresses are hidden in HTML, and are none. */
function wordsOf(text: string): string[] {
  return text.slice(0, comparedLength).replaceAll(address, ' ').toLowerCase().match(word) ?? [];
}

const address = /https?:\/\/\S+/gi;
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+/gu;

function lettersOf(words: readonly string[]): number {
  return words.reduce((sum, {length}) => sum + length, 0);
}
