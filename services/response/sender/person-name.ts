import {givenNames, leadingFamilyNames} from './given-names.ts';
import {isBrand, isFamilyNameToo, isOtherWord} from './other-words.ts';
import {spoken} from './spoken.ts';

/** What reads like the name of a person. */
export interface PersonName {
  /** As a greeting says it: given name first, without capitals that shout and what stands around it. */
  readonly name: string;
  /** Its words in small letters without accents, without titles, initials and particles. */
  readonly words: readonly string[];
  /**
   * `plain`: nothing else is called so. `likely`: a company could be called so. `bare`: one word, or small letters,
   * which prove nothing alone.
   */
  readonly evidence: 'plain' | 'likely' | 'bare';
}

const longestName = 60;

/** Letters, and dots after them: no figures, no addresses, nothing that a reader could take for a link. */
const word = /^\p{L}[\p{L}\p{M}'’-]{0,29}\.?$/u;
const particle =
  /^(?:van|von|vom|vander|der|den|de|del|della|delle|di|da|das|dos|du|do|des|la|las|le|los|el|al|bin|binti|bint|ibn|ben|abu|ter|ten|zu|zum|zur|af|av|y|e|i|und|ó|ní|mac|st\.?|'t|san|santa)$/i;
const initial = /^\p{L}(?:\.?|\.\p{L}\.)$/u;
const suffix = /^(?:jr|sr|ii|iii|iv)\.?$/i;
/** What some public collections put in a name's place. */
const redacted = /x{2,}/i;
const unlettered = /[^\p{L}\p{M} .'’-]/u;

/** Reads a name of one person, of five words at most; undefined when it is anything else. */
export function readPersonName(written: string): PersonName | undefined {
  const {title, rest, isTurned} = spoken(written);
  if (rest === '' || rest.length > longestName || unlettered.test(rest)) return undefined;
  const parts = rest.split(' ');
  if (parts.length > 5 || !parts.every((part) => word.test(part))) return undefined;
  const telling = parts.filter((part, index) => !isBeside(part, index)).map(plainWord);
  if (telling.length === 0 || !areNamed(telling, title !== '')) return undefined;
  const cased = casing(parts);
  if (cased === 'mixed' && !parts.every((part, index) => isCapitalised(part) || isBeside(part, index)))
    return undefined;
  const shown = parts.map((part, index) =>
    isBeside(part, index) ? settled(part, cased) : calm(part, cased),
  );
  const isKnown = telling.some((one) => givenNames.has(one)) || isUncased(rest, parts.length);
  const isWhole = parts.length > 1 || title !== '';
  return {
    name: [title, ...shown].filter((part) => part !== '').join(' '),
    words: telling,
    evidence: evidenceOf({isKnown, isWhole, cased, isTurned}),
  };
}

interface Signs {
  readonly isKnown: boolean;
  readonly isWhole: boolean;
  readonly cased: Casing;
  readonly isTurned: boolean;
}

function evidenceOf({isKnown, isWhole, cased, isTurned}: Signs): PersonName['evidence'] {
  if (!isWhole) return isKnown && cased === 'mixed' ? 'likely' : 'bare';
  if (isKnown) return 'plain';
  if (isTurned && cased !== 'small') return 'likely';
  return cased === 'mixed' ? 'likely' : 'bare';
}

/** In small letters without accents and dots. */
export function plainWord(part: string): string {
  return part
    .normalize('NFD')
    .replaceAll(/[\p{M}.'’]/gu, '')
    .normalize('NFC')
    .toLowerCase();
}

/** Initials, particles and suffixes stand beside what a person is called. */
function isBeside(part: string, index: number): boolean {
  return initial.test(part) || (index > 0 && (particle.test(part) || suffix.test(part)));
}

function areNamed(telling: readonly string[], isTitled: boolean): boolean {
  const isKnown = isTitled || telling.some((one) => givenNames.has(one));
  if (isBrand(telling.join(' '))) return false;
  return telling.every(
    (one) =>
      !isOtherWord(one) && !redacted.test(one) && (isKnown || !isFamilyNameToo(one)) && !suffix.test(one),
  );
}

/** Where a script has no capitals, a name in two words is one, or in one that begins as family names do. */
function isUncased(name: string, count: number): boolean {
  if (!/^[\p{Lo}\p{M} ]+$/u.test(name)) return false;
  return count > 1 || (leadingFamilyNames.has(name.charAt(0)) && /^.{2,4}$/u.test(name));
}

type Casing = 'small' | 'loud' | 'mixed';

function casing(parts: readonly string[]): Casing {
  const letters = parts.filter((part) => !initial.test(part)).join('');
  if (letters.toLowerCase() === letters.toUpperCase()) return 'mixed';
  if (letters === letters.toLowerCase()) return 'small';
  return letters === letters.toUpperCase() && letters.length > 3 ? 'loud' : 'mixed';
}

/** Capitals within a word are a product's, but after such beginnings as people's names have. */
const innerCapital = /\p{Ll}\p{Lu}/u;
const beginning = /^(?:Mac|Mc|De|Del|Della|Di|Du|Da|La|Le|Van|Von|Fitz|St|O|D|L|Ó|Ní)['’]?\p{Lu}\p{Ll}+$/u;

function isCapitalised(part: string): boolean {
  if (part.split('-').some((one) => innerCapital.test(one) && !beginning.test(one))) return false;
  return /^[\p{Lu}\p{Lt}\p{Lo}]/u.test(part) || /^(?:d|l|o)['’]\p{Lu}/u.test(part);
}

/** As names are written, of one in small letters or capitals: "O'BRIEN" is O'Brien and "MCCARTHY" McCarthy. */
function calm(part: string, cased: Casing): string {
  const isLoud = part.length > 3 && part === part.toUpperCase() && part !== part.toLowerCase();
  if (cased === 'mixed' && !isLoud) return part;
  return part
    .toLowerCase()
    .replaceAll(/(?:^|(?<=(?:^|-)mc)|(?<=[-'’]))\p{L}(?=[\p{L}'’])/gu, (letter) => letter.toUpperCase());
}

function settled(part: string, cased: Casing): string {
  if (initial.test(part)) return part.toUpperCase();
  if (/^(?:ii|iii|iv)$/i.test(part)) return part.toUpperCase();
  if (suffix.test(part)) return part.charAt(0).toUpperCase() + part.slice(1).toLowerCase();
  return cased === 'loud' ? part.toLowerCase() : part;
}
