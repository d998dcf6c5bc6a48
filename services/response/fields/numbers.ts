import {type FieldName, type Found, foundAt} from './field.ts';

/** Words before a number that tell what it is of; a compound of another language needs no word for "number". */
const labels: Readonly<Record<string, FieldName>> = {
  ...{account: 'account', acct: 'account', card: 'account', loan: 'loan', mortgage: 'loan'},
  ...{invoice: 'invoice', bill: 'invoice', reference: 'reference', ref: 'reference', case: 'reference'},
  ...{claim: 'reference', complaint: 'reference', dispute: 'reference', file: 'reference'},
  ...{transaction: 'reference', transfer: 'reference', confirmation: 'reference', report: 'reference'},
  ...{tracking: 'reference', order: 'reference', ticket: 'reference', mtcn: 'reference', policy: 'reference'},
  ...{konto: 'account', kontonummer: 'account', kundennummer: 'account', kartennummer: 'account'},
  ...{darlehensnummer: 'loan', kreditnummer: 'loan', vertragsnummer: 'reference', aktenzeichen: 'reference'},
  ...{vorgangsnummer: 'reference', referenznummer: 'reference', rechnungsnummer: 'invoice'},
  ...{cuenta: 'account', préstamo: 'loan', prestamo: 'loan', hipoteca: 'loan', referencia: 'reference'},
  ...{expediente: 'reference', factura: 'invoice', reclamación: 'reference', compte: 'account', prêt: 'loan'},
  ...{
    dossier: 'reference',
    facture: 'invoice',
    référence: 'reference',
    conto: 'account',
    pratica: 'reference',
  },
  ...{fattura: 'invoice', riferimento: 'reference', conta: 'account', fatura: 'invoice'},
  ...{rekeningnummer: 'account', factuurnummer: 'invoice', klantnummer: 'account', konta: 'account'},
};
const numberWord =
  '(?:(?:number|num|nbr|nr|no|id|code|nummer|número|numéro|numero|n°|nº|numer)(?!\\p{L})\\.?|#)';
const numberOf = '(?:(?:number|número|numero|numéro|n°|nº|numer|no\\.?) (?:de |di |da |du |of )?)?';
const named = '(?: ?\\([^()\\n]{0,30}\\))?';
const verb = '(?:(?:is|was|are|ist|lautet|es|est|è|é)(?!\\p{L}))?';
const sign = '(?::|=|ending(?: (?:in|with))?(?!\\p{L}):?)';
const starred = '[*•]{2,16}[ -]?';
const cardGroups = '\\d{4}(?:[ .-]\\d{4}){2,4}';
// A figure early on, or a word would be taken for a number and a label in it for gone.
const joined = '(?=[a-z/-]{0,12}\\d)[a-z0-9](?:[/-]?[a-z0-9]){2,31}';
const labelled = new RegExp(
  `(?<!\\p{L})${numberOf}(${Object.keys(labels).join('|')})(?!\\p{L})\\.?[ \\t]{0,2}(${numberWord})?${named}[ \\t]{0,2}${verb}` +
    `[ \\t]{0,2}(${sign})?[ \\t]{0,2}#?(${starred})?(${cardGroups}|${joined})` +
    '(?![\\p{L}\\d_]|[.,]\\d| ?(?:%|(?:percent|dollars|pounds|euros?|usd|gbp)(?!\\p{L})))',
  'gidu',
);

/** Numbers that a label stands before, as in "loan number: 00-4471". */
export function* findNumbers(text: string): Generator<Found> {
  for (const match of text.matchAll(labelled)) {
    const [whole, label = '', isNumber, isGiven, isStarred, value = ''] = match;
    const name = labels[label.toLowerCase()];
    const from = match.indices?.[5]?.[0];
    const isCompound =
      /nummer$|zeichen$/i.test(label) || !whole.toLowerCase().startsWith(label.toLowerCase());
    // A bare word before a short number is no evidence: "my account 2019", "the loan is 500".
    const isTelling = isCompound || prefixed.test(value) || [isNumber, isGiven, isStarred].some(isThere);
    const least = isTelling ? 3 : 6;
    const isPhone = phone.test(value) && !/^(?:mtcn|tracking)$/i.test(label);
    const isPart =
      value.length < 7 && /^[ \u00a0]\d{2}/.test(text.slice(match.index + whole.length).slice(0, 3));
    const isTold = value.replaceAll(/\D/g, '').length >= least && !isOther(value) && !isPhone && !isPart;
    if (name !== undefined && from !== undefined && isTold) yield foundAt(name, from, value);
  }
}

function isThere(sign: string | undefined): boolean {
  return sign !== undefined;
}

/** As numbers of invoices and cases are: "INV-10442". */
const prefixed = /^[a-z]{2,5}-?\d{4,}$/i;
/** As phone numbers of North America are; the number of a money transfer can look like one. */
const phone =
  /^\d{3}-\d{3}-\d{4}$|^1?(?:800|833|844|855|866|877|888)\d{7}$|^1?-?(?:800|833|844|855|866|877|888)-\d{3}-\d{4}$/;

/** As some public collections hide what a person wrote. */
const redacted = /xx/i;
/** A bank's sort code, a month of a year, a social security number, a case of a court. */
const otherNumber =
  /^\d{2}-\d{2}-\d{2}$|^\d{1,2}[/-](?:19|20)\d{2}$|(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)|^(?:19|20)\d{2}[/-]\d{1,2}$|^\d{1,2}-(?:cv|md|cr|bk|mc)-\d/i;
/** Letters that are words, which no number has. */
const words = /[a-z]{7}|[a-z]{4}.*[/-][a-z]{4}/i;

function isOther(value: string): boolean {
  return redacted.test(value) || otherNumber.test(value) || words.test(value);
}
