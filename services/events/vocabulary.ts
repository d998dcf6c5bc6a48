/**
 * The names that services agree on besides facts. Who decides by a category or names a letter is held to them at its
 * start, and so is who knows the categories or has the letters.
 */

/** The taxonomy: what the classifier that ships can find a document to be about. */
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

/** The letters that ship, which a rule can answer with. */
export const templates: readonly string[] = [...categories, 'at_risk', 'care', 'general', 'legal'].sort();

/**
 * The machines that write mails, and are not answered.
 * `bounce` a mail could not be delivered · `receipt` one was read · `calendar` an invitation, or an answer to one ·
 * `auto-reply` somebody is away, a ticket was opened · `bulk` a newsletter or a mailing list · `automatic` another mail
 * that nobody wrote · `own-address` it came from an address of ours.
 */
export const machines: readonly string[] = [
  'bounce',
  'receipt',
  'calendar',
  'auto-reply',
  'bulk',
  'automatic',
  'own-address',
];

/**
 * What a letter can say that comes before all else, with how soon it is taken up: a person at risk, or the law at the door.
 * `self-harm` of the writer or somebody near · `violence` that somebody suffers · `threat` to others · `minor` a child is
 * concerned · `homelessness` lost, or about to be · `eviction` a notice, a sale of the home, a date at court · `death` of
 * somebody near · `illness` that is serious · `regulator`, `lawyer` the letter is theirs · `deadline` that a law sets
 * · `concern` that it is like such letters, without saying which.
 */
export const signals: Readonly<Record<string, 'high' | 'urgent'>> = {
  'self-harm': 'urgent',
  violence: 'urgent',
  threat: 'urgent',
  minor: 'urgent',
  homelessness: 'urgent',
  eviction: 'urgent',
  death: 'high',
  illness: 'high',
  regulator: 'high',
  lawyer: 'high',
  deadline: 'high',
  concern: 'high',
};
