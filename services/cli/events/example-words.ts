import {
  type Answer,
  type Cause,
  type Content,
  deadletterKept,
  documentAttached,
  documentClassified,
  documentIngested,
  documentReceived,
  type Envelope,
  type Explanation,
  responseGenerated,
} from '#events';

/** The letter that the examples of the contracts are about. Size and hash of `document.received` are those of its bytes. */
export const exampleLetter = `Dear Sir or Madam,

my mortgage payment of $1,250.00 for March was booked twice, on 2026-01-02 and again on 2026-01-05.
My loan number is 00-4471. Please refund one of the two payments, and check the escrow account.

Yours sincerely
Ann Example
`;

const envelope: Envelope = {filename: 'letter.txt', contentType: 'text/plain', metadata: {}};

const content: Content = {
  filename: 'letter.txt',
  title: null,
  sender: {name: 'Ann Example', address: 'ann@example.com'},
  text: exampleLetter,
};

const explanation: Explanation = {
  category: 'mortgage',
  against: 'consumer_loan',
  terms: [
    {term: 'mortgage', weight: 1.5},
    {term: 'escrow', weight: 0.9},
  ],
};

const answer: Answer = {
  subject: 'Your message about your mortgage',
  body: 'Dear Ann Example,\n\nthank you for your message.',
  fields: [{name: 'sender', value: 'Ann Example', from: null, to: null}],
};

const cause: Cause = {
  destination: 'http://classification.dip.svc.cluster.local/events',
  message: 'The model is missing.',
};

/** What the examples of the contracts name, by its name: bytes, or what is kept as JSON. */
export const exampleWords: ReadonlyMap<string | null, string | object> = new Map<
  string | null,
  string | object
>([
  [documentReceived.example.original, exampleLetter],
  [documentReceived.example.envelope, envelope],
  [documentIngested.example.content, content],
  [documentAttached.example.original, exampleLetter],
  [documentAttached.example.envelope, envelope],
  [documentAttached.example.content, content],
  [documentClassified.example.explanation, explanation],
  [responseGenerated.example.draft, answer],
  [deadletterKept.example.cause, cause],
]);

/** The words of the examples that some data names, with their bytes. */
export function wordsNamedBy(data: unknown): Map<string, Uint8Array> {
  const names = typeof data === 'object' && data !== null ? Object.values(data) : [];
  return new Map(
    names.flatMap((name: unknown) => {
      const words = typeof name === 'string' ? exampleWords.get(name) : undefined;
      if (typeof name !== 'string' || words === undefined) return [];
      return [[name, Buffer.from(typeof words === 'string' ? words : JSON.stringify(words))]];
    }),
  );
}
