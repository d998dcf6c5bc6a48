/** Lengths by country, after the IBAN registry of ISO 13616; a country that is not here is not recognised. */
const lengths: Readonly<Record<string, number>> = {
  ...{AD: 24, AE: 23, AT: 20, BE: 16, BG: 22, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18, EE: 20, ES: 24, FI: 18},
  ...{FR: 27, GB: 22, GI: 23, GR: 27, HR: 21, HU: 28, IE: 22, IL: 23, IS: 26, IT: 27, LI: 21, LT: 20, LU: 20},
  ...{LV: 21, MC: 27, MT: 31, NL: 18, NO: 15, PL: 28, PT: 25, RO: 24, SA: 24, SE: 24, SI: 19, SK: 24, SM: 27},
  ...{TR: 26, UA: 29},
};

/**
 * How many characters at the start of a text are an IBAN, blanks between its groups included; 0 when there is
 * none, it is cut short, or its check digits are wrong.
 */
export function ibanAt(text: string): number {
  const length = lengths[text.slice(0, 2)];
  if (length === undefined) return 0;
  let compact = '';
  for (let end = 0; end < text.length; end++) {
    const character = text.charAt(end);
    if (character !== ' ') compact += character;
    if (compact.length === length) return hasCheckDigits(compact) ? end + 1 : 0;
  }
  return 0;
}

/** The remainder by 97 is 1, letters counting as 10 to 35 and the first four characters last: ISO 7064. */
function hasCheckDigits(iban: string): boolean {
  let remainder = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
