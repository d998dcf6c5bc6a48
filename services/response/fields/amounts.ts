import {type Found, foundAt} from './field.ts';

const grouped = "\\d{1,3}(?:[,.'’\\u00a0\\u202f]\\d{3}){1,4}(?:[.,]\\d{1,2})?";
/** As India groups its figures. */
const lakhs = '\\d{1,2}(?:,\\d{2}){1,3},\\d{3}(?:\\.\\d{1,2})?';
/** Blanks between groups are believed where cents follow: "$5 200 times" is no amount of thousands. */
const spaced = '\\d{1,3}(?: \\d{3}){1,4}[.,]\\d{2}';
const plain = '\\d{1,12}(?:[.,]\\d{1,2})?';
const figures = `(?:${grouped}|${lakhs}|${spaced}|${plain})(?![.,'’]?\\d)`;
const scale =
  '(?:(?:k|m|mm|b|bn)(?![\\p{L}\\d])|[ \\u00a0]?(?:thousand|million|billion|mio|mrd|tsd)(?!\\p{L})\\.?)?';
const codes = 'USD|EUR|GBP|CAD|CHF|AUD|NZD|JPY|INR|PLN|SEK|NOK|DKK|CZK|MXN|BRL|SGD|HKD|ZAR';
const signs = `(?:(?:US|CA|AU|NZ|HK|[CARS])?\\$|[€£¥₹]|(?:${codes}|Rs\\.?)(?![\\p{L}]))`;
const names = 'dollars?|pounds?|euros?|francs?|rupees|pesos|reais|złotych|zł|bucks';
const amount = new RegExp(
  `(?<![\\w$€£¥₹])${signs}[ \\u00a0\\u202f]?-?${figures}(?! \\d{3}(?!\\d))${scale}(?: (?:${codes})(?!\\p{L}))?` +
    `|(?<![\\w.,$€£¥₹'’-])(?<!\\d )(?:\\d{1,3}(?: \\d{3}){1,4}(?![.,]?\\d)|${figures})${scale}` +
    `[ \\u00a0\\u202f]?(?:[€£]|\\$(?!\\d)|(?:${codes}|${names})(?!\\p{L}))(?: and \\d{1,2} cents)?`,
  'giu',
);

/** The amounts of money in a text: figures with a currency, before them or after them. */
export function* findAmounts(text: string): Generator<Found> {
  for (const {0: written, index} of text.matchAll(amount))
    yield foundAt('amount', index, written, `${amountOf(written)} ${currencyOf(written)}`);
}

const scales: readonly (readonly [pattern: RegExp, times: number])[] = [
  [/\d(?:k|[ \u00a0]?(?:thousand|tsd))/i, 1e3],
  [/\d(?:bn?(?!\p{L})|[ \u00a0]?(?:billion|mrd))/iu, 1e9],
  [/\d(?:mm?(?!\p{L})|[ \u00a0]?(?:million|mio))/iu, 1e6],
];

/** How much an amount is, whatever signs part its figures: 1200.5 of `1.200,50 €`, 1500 of `$1.5k`. */
export function amountOf(written: string): number {
  const digits = /\d[\d.,'’ \u00a0\u202f]*/.exec(written)?.[0].replaceAll(/[ '’\u00a0\u202f]/g, '') ?? '';
  const [, times = 1] = scales.find(([pattern]) => pattern.test(written)) ?? [];
  const [, whole = digits, cents = ''] = /^(.*)[.,](\d{1,2})[.,]?$/.exec(digits) ?? [];
  return Number(`${whole.replaceAll(/\D/g, '')}.${cents === '' ? 0 : cents}`) * times;
}

const currencies: readonly (readonly [pattern: RegExp, code: string])[] = [
  [/€|eur/i, 'EUR'],
  [/£|gbp|pound/i, 'GBP'],
  [/₹|inr|\brs\b|rupee/i, 'INR'],
  [/^\$|US\$|usd|dollar|bucks|\d ?\$/i, 'USD'],
];

function currencyOf(written: string): string {
  const [, code] = currencies.find(([pattern]) => pattern.test(written)) ?? [];
  return code ?? written.replaceAll(/[\d\s.,'’]/g, '').toUpperCase();
}
