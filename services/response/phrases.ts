import type {FieldName} from './fields.ts';

/** What a letter says of fields, in one language. */
export interface Phrases {
  /** Whom a letter is to when nobody is known; null: its template has words for that. */
  readonly nobody: string | null;
  /** What a number is called. */
  readonly numbers: Readonly<Partial<Record<FieldName, string>>> & {readonly reference: string};
  /** Before the last figures of a number that is not told as a whole. */
  readonly ending: string;
  /** In place of a list that would be no sentence. */
  readonly several: string;
  /** After an amount of nothing. */
  readonly nothing: string;
}

const english: Phrases = {
  nobody: 'Sir or Madam',
  numbers: {
    account: 'account number',
    card: 'card number',
    loan: 'loan number',
    invoice: 'invoice number',
    iban: 'IBAN',
    reference: 'reference',
  },
  ending: 'ending in',
  several: 'more than three, which we will read in your message itself',
  nothing: 'which we take for none; please tell us if another is meant',
};

const byLanguage: Readonly<Record<string, Phrases>> = {
  de: {
    nobody: null,
    numbers: {
      account: 'Kontonummer',
      card: 'Kartennummer',
      loan: 'Darlehensnummer',
      invoice: 'Rechnungsnummer',
      iban: 'IBAN',
      reference: 'Zeichen',
    },
    ending: 'mit den letzten Stellen',
    several: 'mehr als drei, die wir Ihrer Nachricht selbst entnehmen',
    nothing: 'was wir nicht als Betrag verstehen; bitte sagen Sie uns, ob ein anderer gemeint ist',
  },
  es: {
    nobody: null,
    numbers: {
      account: 'número de cuenta',
      card: 'número de tarjeta',
      loan: 'número de préstamo',
      invoice: 'número de factura',
      iban: 'IBAN',
      reference: 'referencia',
    },
    ending: 'terminado en',
    several: 'más de tres, que leeremos en su propio mensaje',
    nothing: 'que no tomamos por un importe; díganos, por favor, si se refiere a otro',
  },
  fr: {
    nobody: null,
    numbers: {
      account: 'numéro de compte',
      card: 'numéro de carte',
      loan: 'numéro de prêt',
      invoice: 'numéro de facture',
      iban: 'IBAN',
      reference: 'référence',
    },
    ending: 'se terminant par',
    several: 'plus de trois, que nous lirons dans votre message même',
    nothing:
      'que nous ne prenons pas pour un montant ; dites-nous, s’il vous plaît, si vous en visez un autre',
  },
};

/** Languages, beside English, that a letter can be in. */
export const otherLanguages: readonly string[] = Object.keys(byLanguage);

/** The phrases of a letter's language. */
export function phrasesIn(language: string): Phrases {
  return byLanguage[language] ?? english;
}
