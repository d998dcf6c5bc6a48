import {load} from '../load.ts';
import {foreignness} from './alphabets.ts';
import {decodeStrictly} from './decode-strictly.ts';
import {oddity} from './oddity.ts';

/** How many bytes tell what a text is written in, from a little before the first that is not ASCII. */
const sampleBytes = 16 * 1024;
const leadBytes = 2 * 1024;

/** Encodings of several bytes a character, by the names that the detector has for them. */
const wide = new Set(['Shift_JIS', 'Big5', 'EUC-JP', 'EUC-KR', 'GB18030']);
/** The detector's confidence, of 100, above which a text is in one of these. */
const certain = 30;

/**
 * What texts without a declaration are written in, as the WHATWG Encoding Standard (§4.2) calls it. Where two read the
 * same bytes equally well the first one counts: those that most files are in come first.
 */
const candidates = [
  ...['windows-1252', 'windows-1251', 'windows-1250', 'koi8-r', 'koi8-u', 'windows-1254', 'windows-1253'],
  ...[
    'windows-1255',
    'windows-1256',
    'windows-1257',
    'windows-1258',
    'windows-874',
    'iso-8859-2',
    'iso-8859-15',
  ],
  ...['iso-8859-5', 'iso-8859-6', 'iso-8859-7', 'iso-8859-13', 'iso-8859-4', 'macintosh', 'x-mac-cyrillic'],
  ...['ibm866', 'shift_jis', 'gb18030', 'big5', 'euc-kr', 'euc-jp'],
];

/** How much more like a language a reading has to look than one that comes before it, or than one that was declared. */
const margin = 1.005;
const marginOfDeclared = 1.05;

/**
 * Decodes bytes that are no Unicode as what they look most like: of all readings the one that is likest to a language, and
 * has the fewest characters where no writing has them.
 *
 * @param declared what was said of the bytes, which is asked first
 */
export async function decodeLikeliest(bytes: Uint8Array, declared: readonly string[] = []): Promise<string> {
  const {sample, isCut} = sampleOf(bytes);
  const read = (label: string) => decodeStrictly(sample, label, {isCut});
  const {analyse} = await load(() => import('chardet'));
  const [best] = analyse(sample);
  if (best && wide.has(best.name) && best.confidence >= certain) {
    const text = read(best.name);
    if (text !== null && oddity(text) < 0.05) return new TextDecoder(best.name).decode(bytes);
  }
  const {likeliestLanguage} = await load(() => import('./language.ts'));
  let chosen = {label: 'windows-1252', score: -1};
  for (const label of new Set([...declared, ...candidates])) {
    const text = read(label);
    if (text === null) continue;
    const least = chosen.score * (declared.includes(chosen.label) ? marginOfDeclared : margin);
    const {language = '', score: likelihood = 0} = (await likeliestLanguage(text)) ?? {};
    const score = likelihood * (1 - oddity(text)) * (1 - foreignness(text, language) / 4);
    if (score > least) chosen = {label, score};
  }
  return new TextDecoder(chosen.label).decode(bytes);
}

function sampleOf(bytes: Uint8Array): {sample: Uint8Array; isCut: boolean} {
  const first = bytes.findIndex((byte) => byte > 0x7f);
  const start = Math.max(0, first - leadBytes);
  const sample = bytes.subarray(start, start + sampleBytes);
  return {sample, isCut: start + sample.length < bytes.length};
}
