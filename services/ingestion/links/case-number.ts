import type {Keyed} from './keyed.ts';

/**
 * The number of the case that a document begins, such as `7KQ2M-9XF3T`: what people quote when they write again. It has 50
 * bits that nobody can guess who has not our key, in an alphabet that is read aloud without mistakes (Crockford's base 32).
 */
export function caseNumberOf(keyed: Keyed, documentId: string): string {
  const signs = [...Buffer.from(keyed('case', documentId), 'hex').subarray(0, 10)].map(
    (byte) => alphabet[byte % alphabet.length],
  );
  return `${signs.slice(0, 5).join('')}-${signs.slice(5).join('')}`;
}

/** What looks like a number of a case in some texts, each once, as people write them down; at most 20. */
export function caseNumbersIn(texts: readonly string[]): string[] {
  const numbers = texts
    .flatMap((text) => text.slice(0, searchedLength).match(written) ?? [])
    .map((number) => number.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1'))
    .filter((number) => !number.includes('U'));
  return [...new Set(numbers)].slice(0, 20);
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const written = /(?<![\p{L}\p{N}-])[0-9A-Z]{5}-[0-9A-Z]{5}(?![\p{L}\p{N}-])/giu;
const searchedLength = 20_000;
