/** A name as it is spoken: given name first, and nothing around it. */
export interface Spoken {
  /** Such as "Dr."; empty when there is none, or none that a greeting needs. */
  readonly title: string;
  readonly rest: string;
  /** It was written with the family name first. */
  readonly isTurned: boolean;
}

const nothing: Spoken = {title: '', rest: '', isTurned: false};

const pictures =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u{fe0f}|\u{200d}(?=\p{Extended_Pictographic})/gu;
const quotes = /^["'“”„‘’`«»\s]+|["'“”‘’`«»\s,;:]+$/g;
/** A company, a place or a nickname beside a name: "(ACME)", "[US]", “"Bob"”. */
const beside = /\s?(?:\([^()]{0,60}\)|\[[^[\]]{0,60}\]|["“][^"“”]{1,30}["”])(?=\s|$|,)/g;
const credentials =
  /(?:,? (?:M\.?D|Ph\.?\s?D|CPA|C\.P\.A|Esq|Esquire|J\.?D|R\.?N|MBA|M\.B\.A|CFA|CFP|DDS|D\.D\.S|DVM|P\.?E|LL\.?M|MSc|BSc|MSW|LCSW|PMP)\.?){1,3}$/i;
const polite =
  /^(?:mr|mrs|ms|miss|mx|sir|capt|captain|sgt|lt|col|maj|gen|sister|brother|pastor|father|madam|herrn?|frau|monsieur|madame|mme|mlle|señora?|sr|sra|srta|sig|sig\.ra|signora?|dhr|mevr|pan|pani|rechtsanw[aä]lt(?:in)?|avv|avvocato|ma[iî]tre|lic|ing|dipl\.-\p{L}{3,5})\.? (?=\S)/iu;
const learned = /^((?:prof|dr|rev|hon)\.?(?: (?:dr|med|h\.c)\.?){0,2}) (?=\S)/i;
/** Two capitals after a comma are a state. */
const turned = /^([^,]{1,40}), ?((?! ?\p{Lu}{2}$)[^,]{1,40})$/u;
const turnedJunior = /^([^,]{1,40}), ?([^,]{1,40}), ?((?:jr|sr|ii|iii|iv)\.?)$/i;

/**
 * Takes from a name in a mail, a form or a signature what is not spoken: quotes, pictures, what stands in brackets,
 * degrees. "Example, Anna B., MD" is Anna B. Example. A title stays where the greeting would be rude without:
 * before one word, and of the learned.
 */
export function spoken(written: string): Spoken {
  const plain = written
    .slice(0, 200)
    .normalize('NFC')
    .replaceAll(pictures, ' ')
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(quotes, '');
  // What could turn a line around or hide in it is in no name.
  if (/\p{C}/u.test(plain)) return nothing;
  const bare = plain.replaceAll(beside, '').replace(credentials, '').trim();
  const junior = bare.replace(turnedJunior, '$2 $1 $3');
  const direct = junior
    .replace(/, (?=(?:jr|sr)\.?$)/i, ' ')
    .replace(turned, '$2 $1')
    .replace(loudFamily, '$2 $1')
    .trim();
  const isTurned = direct !== bare && turned.test(bare);
  return withoutTitle(direct, isTurned);
}

/** "DUPONT Jean": capitals tell the family name from the given. */
const loudFamily =
  /^((?:\p{Lu}{2,}[-' ]?){1,2}\p{Lu}{2,}|\p{Lu}{3,}) (\p{Lu}\p{Ll}[\p{L}-]{0,29}(?: \p{Lu}\p{Ll}[\p{L}-]{0,29})?)$/u;

function withoutTitle(name: string, isTurned: boolean): Spoken {
  const plain = name.replace(polite, '');
  const [, title] = learned.exec(plain) ?? [];
  if (title !== undefined) return {title: capitalised(title), rest: plain.replace(learned, ''), isTurned};
  const isShort = plain !== name && !plain.includes(' ');
  const needed = isShort ? name.slice(0, name.length - plain.length).trim() : '';
  return {title: capitalised(needed), rest: plain, isTurned};
}

function capitalised(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}
