/** What the blobs hold that the examples of the facts name: all are about one letter. */
import type {Answer, Cause, Content, Envelope, Explanation} from './content.ts';

export const letter = `Dear Harbor Bank,

on May 3 my credit card was charged twice for one hotel room, $418.00 each time.
I had cancelled the room in time and sent you the confirmation.

Please credit both charges and refund the late fee of $29.00.

Ada Fenwick
`;

export const envelope: Envelope = {filename: 'letter.txt', contentType: 'text/plain', metadata: {}};

export const content: Content = {filename: 'letter.txt', title: null, sender: null, text: letter};

export const explanation: Explanation = {
  category: 'mortgage',
  against: 'consumer_loan',
  terms: [{term: 'escrow', weight: 1.25}],
};

export const answer: Answer = {
  subject: 'Your letter',
  body: `Dear Ada Fenwick,

thank you for your letter. We are looking into both charges and answer you by May 19.

Yours sincerely,
Harbor Bank
`,
  fields: [{name: 'sender', value: 'Ada Fenwick', from: 228, to: 239}],
};

export const cause: Cause = {
  destination: 'http://classification.dip.svc.cluster.local/events',
  message: 'The model could not be read.',
};
