import {findDates, orderOf, type WrittenDate} from './fields/dates.ts';
import {invoiceNumber} from './invoice/number.ts';
import {invoiceTotal} from './invoice/total.ts';

/** What an invoice says of itself; null where it does not say it, or not in a way that can be told apart. */
export interface Invoice {
  readonly number: string | null;
  /** The day it was written, ISO 8601. */
  readonly date: string | null;
  /** What is to be paid, with taxes, in its currency. */
  readonly total: number | null;
}

/** Characters of a text that are looked at, from its start. */
const longestText = 100_000;

/**
 * Reads an invoice, of any layout and in several languages, from the text of its pages.
 *
 * @param language ISO 639-1: only in English 3/4/2025 can be a day of March. (Default: not known)
 */
export function readInvoice(text: string, language: string | null = null): Invoice {
  const read = text.slice(0, longestText).normalize('NFC');
  const isDayFirst = language !== null && language !== 'en';
  const dates = [...findDates(read, orderOf(read) ?? (isDayFirst ? 'day first' : undefined)).take(200)];
  return {
    number: invoiceNumber(read) ?? null,
    date: dateOf(read, dates) ?? null,
    total: invoiceTotal(withoutDates(read, dates)) ?? null,
  };
}

/** Years are no amounts. */
function withoutDates(text: string, dates: readonly WrittenDate[]): string {
  return dates.reduce(
    (rest, {value, from}) => rest.slice(0, from) + ' '.repeat(value.length) + rest.slice(from + value.length),
    text,
  );
}

const own =
  /(?:invoice|bill(?:ing)?|issued?|rechnungs?|faktura|fakturadato|facture|factuur|fattura|factura|fatura)[ -]?(?:date|datum|dato)|date (?:of (?:issue|invoice)|d['’](?:émission|edition|édition))|date de (?:la )?facture(?:ation)?|fecha(?: de)? (?:emisión|factura|expedición)|data (?:fattura|emissione|wystawienia|de emissão|di emissione)|issued(?: on)?|tax point/giu;
const any = /(?<!\p{L})(?:date|datum|fecha|data|dated|le|vom)(?!\p{L})/giu;
/** A day of something else, such as that of a payment or an order. */
const other =
  /\b(?:due|order|delivery|ship\w*|payment|payable|period|from|start|end|check|expir\w*|until|bis|zahlungsziel|fällig\w*|liefer\w*|bestell\w*|leistung\w*|verval\w*|order\w*|lever\w*|échéance|livraison|commande|vencimiento|pedido|entrega|scadenza|consegna|ordine|płatności|sprzedaży)\b/iu;
/** Characters after a label in which its date stands. */
const reach = 60;

function dateOf(text: string, dates: readonly WrittenDate[]): string | undefined {
  const labelled = after(text, dates, own) ?? after(text, dates, any);
  return labelled ?? dates.find((date) => date.day !== null && !isOther(text, date))?.day ?? undefined;
}

/** The first date that stands soon after a label, and after no label of another. */
function after(text: string, dates: readonly WrittenDate[], label: RegExp): string | undefined {
  for (const {0: found, index} of text.matchAll(label)) {
    const end = index + found.length;
    const date = dates
      .filter(({from}) => from >= end && from <= end + reach)
      .reduce<WrittenDate | undefined>(
        (best, one) => (best === undefined || one.from < best.from ? one : best),
        undefined,
      );
    if (date === undefined || date.day === null) continue;
    const between = text.slice(end, date.from);
    const line = text.slice(Math.max(text.lastIndexOf('\n', index) + 1, index - 30), index);
    if (!other.test(isColumn(between, date, dates) ? '' : between) && !other.test(line)) return date.day;
  }
  return undefined;
}

/** Below a head that has other dates beside it, the first of several is that of the first. */
function isColumn(between: string, first: WrittenDate, dates: readonly WrittenDate[]): boolean {
  const isBelow = /^[^\n]*\n[^\n]*$/.test(between);
  return isBelow && dates.some(({from}) => from > first.from && from <= first.from + reach);
}

function isOther(text: string, {from}: WrittenDate): boolean {
  return other.test(text.slice(Math.max(0, from - 25), from));
}
