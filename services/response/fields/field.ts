/**
 * What kind of thing a field is; the first six name something that a case can be looked up by. `written` is the day
 * that a letter bears, `deadline` the day until when something is to be done.
 */
export type FieldName =
  | 'reference'
  | 'account'
  | 'card'
  | 'loan'
  | 'invoice'
  | 'iban'
  | 'amount'
  | 'date'
  | 'deadline'
  | 'written'
  | 'email'
  | 'phone';

/** Something definite that a text says, and where it says it. */
export interface Found {
  readonly name: FieldName;
  /** As written, with single blanks; of a card its last four figures alone. */
  readonly value: string;
  /** Offsets into the text, in UTF-16 units: the first, and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** What it means: alike for two that are written differently. */
  readonly meaning: string;
}

/** What was found at a place of a text, and means what it says. */
export function foundAt(name: FieldName, from: number, written: string, meaning?: string): Found {
  const value = written.replaceAll(/\s+/g, ' ');
  return {name, value, from, to: from + written.length, meaning: meaning ?? value};
}
