/**
 * The names that services agree on besides facts. Who decides by a category or names a letter is held to them at its
 * start, and so is who knows the categories or has the letters.
 */

/** The taxonomy: what a classifier can find a document to be about. */
export const categories: readonly string[] = [
  'bank_account',
  'consumer_loan',
  'credit_card',
  'credit_reporting',
  'debt_collection',
  'money_transfer',
  'mortgage',
  'student_loan',
];

/** The letters that a rule can answer with. */
export const templates: readonly string[] = [...categories, 'general'].sort();
