/** What the number of an invoice is called, the most telling first. */
const labels: readonly string[] = [
  '(?:tax )?invoice ?(?:number|num|no\\.?|nr\\.?|#|id|ref(?:erence)?)|bill ?(?:number|no\\.?|#)|factuur ?(?:nummer|nr\\.?)|rechnungs?[ -]?(?:nummer|nr\\.?)|rechnung nr\\.?|belegnummer|(?:n° de |numéro (?:de )?)facture|facture ?(?:n°|no\\.?|numéro|#)|(?:nº|n\\.º|n°|núm\\.?|número)(?: de)? (?:la )?(?:factura|fatura)|(?:factura|fatura) ?(?:nº|n\\.º|n°|no\\.?|núm\\.?|número|#)|(?:numero|n\\.|nr\\.?)(?: (?:della )?)?fattura|fattura ?(?:n\\.|nr\\.?|n°|numero)|faktura(?: vat)? ?(?:nr|numer)|nr faktury|fakturanummer',
  'receipt ?(?:number|no\\.?|#|id)|booking ?(?:id|number|no\\.?)|document ?(?:number|no\\.?)|credit note ?(?:number|no\\.?)|reference ?(?:number|no\\.?)',
  'invoice|rechnung|factuur|facture|factura|fattura|faktura|bill|#',
];
const value = '#?[A-Z0-9](?:[/_.-]?[A-Z0-9]){2,31}';
const whole = new RegExp(`^${value}$`, 'iu');
/** A day or an amount in the place of a number. */
const other = /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$|^\d{4}-\d{2}-\d{2}$|^\d+[.,]\d{2}$|^(?:19|20)\d{2}$/;

/** The number of an invoice: it stands after its label or below it, in the last column where its label is in the last. */
export function invoiceNumber(text: string): string | undefined {
  for (const label of labels) {
    const number = besides(text, label) ?? below(text, label);
    if (number !== undefined) return number;
  }
  return undefined;
}

/** Places that are looked at. */
const most = 100;

function besides(text: string, label: string): string | undefined {
  const pattern = new RegExp(
    `(?<![\\p{L}])(?:${label})[ \\t]{0,3}[.:#]{0,2}[ \\t]{0,5}(${value})(?![\\p{L}\\d])`,
    'giu',
  );
  for (const [, number = ''] of text.matchAll(pattern).take(most)) if (isNumber(number)) return number;
  return undefined;
}

/** Under the head of a column: the first in the line below where the label is, or the last. */
function below(text: string, label: string): string | undefined {
  const pattern = new RegExp(
    `(?<!\\p{L})(?:${label})(?!\\p{L})(?=[ .:|]{0,3}([^\\d\\n]{0,80})\\n([^\\n]{1,200})$)`,
    'gimu',
  );
  for (const {1: others = '', 2: line = '', index} of text.matchAll(pattern).take(most)) {
    const isFirst = index === 0 || text.charAt(index - 1) === '\n';
    const columns = line.trim().split(/\s+/);
    const number = others.trim() === '' ? columns.at(-1) : isFirst ? columns[0] : undefined;
    if (number !== undefined && whole.test(number) && isNumber(number)) return number;
  }
  return undefined;
}

function isNumber(written: string): boolean {
  return (written.match(/\d/g)?.length ?? 0) >= 2 && !other.test(written) && !/[a-z]{6}/.test(written);
}
