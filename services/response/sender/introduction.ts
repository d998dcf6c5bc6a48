import {type PersonName, readPersonName} from './person-name.ts';

/** A name that somebody introduces themselves with. */
export interface Introduction {
  readonly person: PersonName;
  readonly from: number;
  readonly to: number;
}

const introducing =
  /(?:^|[.!?\n][ \t]{0,3}|\b(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|sirs?|madam|concern|team)[ ,!.:-]{1,4})(?:my name is|i am writing as|i, the undersigned,?) (\p{Lu}[\p{L}'’.-]{0,29}(?: \p{Lu}[\p{L}'’.-]{0,29}){1,3})/iu;
/** Characters at the start of a text in which somebody introduces themselves. */
const head = 3000;

/** The name in "my name is Anna Example", where a sentence begins with it: within one, somebody else may speak. */
export function findIntroduction(text: string): Introduction | undefined {
  const match = introducing.exec(text.slice(0, head));
  const name = capitalised(match?.[1] ?? '');
  const person = readPersonName(name);
  if (match === null || person === undefined || person.words.length < 2) return undefined;
  const from = match.index + match[0].length - (match[1] ?? '').length;
  return {person, from, to: from + name.length};
}

/** A name ends where its sentence does, or goes on in small letters. */
function capitalised(words: string): string {
  return /^\p{Lu}[\p{L}'’-]{0,29}(?: \p{Lu}(?:\.|[\p{L}'’-]{0,29})){1,3}(?!\p{L})/u.exec(words)?.[0] ?? '';
}
