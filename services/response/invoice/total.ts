import {amountOf} from '../fields/amounts.ts';

const figures =
  "(?:\\d{1,3}(?:[.,'’ \\u00a0\\u202f]\\d{3}){1,4}(?:[.,]\\d{2})?|\\d{1,2}(?:,\\d{2}){1,3},\\d{3}(?:\\.\\d{2})?|\\d{1,9}(?:[.,]\\d{2})?)(?![.,]?\\d|\\s?%)";
const currency = '(?:[$€£₹¥]|Rs\\.?|[A-Z]{3}(?![A-Za-z])|zł|kr\\.?)';

/** What the sum that is to be paid is called, the most telling first. */
const labels: readonly string[] = [
  '(?:total |invoice )?(?:amount|balance) (?:due|payable|to pay)|grand total|total (?:due|payable|to pay|incl\\p{L}*[^\\d\\n]{0,12})|(?:total )?net à payer|total (?:ttc|à payer)|montant (?:total )?ttc|(?:gesamt|rechnungs|brutto|end|zahl)(?:betrag|summe)|zu zahlen\\p{L}*|(?:total a pagar|importe total)|te betalen|totaal (?:te betalen|incl\\p{L}*[^\\d\\n]{0,12})|totale (?:fattura|da pagare|documento)|do zapłaty|(?:valor )?total a pagar',
  '(?:invoice |order |factuur |facture )?(?:total|totaal|totale|totaux|gesamt|summe|razem|suma|importe|amount)(?: (?:amount|for this invoice|price|facture|general))?',
];
/** Before a label: it is that of a part. */
const part = /(?:sub|zwischen|tussen|sous|netto|net )[ -]?$/iu;
/** After a label: it is that of a sum before taxes, of taxes alone, or of something that is no money. */
const untaxed =
  /^[^\d\n]{0,20}(?:\bht\b|hors|excl|netto?\b|without|before|tax\b|vat\b|mwst|btw\b|tva\b|iva\b|imponibile|qty|quantity|hours|points|pages)/iu;

/** The sum to be paid: the largest that stands in the line of a label, or below it, by the most telling label there is. */
export function invoiceTotal(text: string): number | undefined {
  for (const label of labels) {
    const sums = sumsAfter(text, label);
    if (sums.length > 0) return Math.max(...sums);
  }
  return undefined;
}

/** Sums that are looked at. */
const most = 100;

function sumsAfter(text: string, label: string): number[] {
  const pattern = new RegExp(
    `(?<!\\p{L})(${label})(?!\\p{L})([^\\d\\n]{0,40}?\\n?[^\\d\\n]{0,20}?)(?<![\\d.,-])(?:${currency})?\\s?(${figures})`,
    'giu',
  );
  return [...text.matchAll(pattern).take(most)].flatMap((match) => {
    const [whole, , between = '', written = ''] = match;
    const before = text.slice(Math.max(0, match.index - 12), match.index);
    const after = text.slice(match.index + whole.length, match.index + whole.length + 4);
    const isMoney =
      /[.,]\d{2}$/.test(written) ||
      new RegExp(currency, 'u').test(between + whole.slice(-written.length - 5) + after);
    if (!isMoney || part.test(before) || untaxed.test(between)) return [];
    return [amountOf(written)];
  });
}
