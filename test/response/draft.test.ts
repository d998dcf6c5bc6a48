import {fileURLToPath} from 'node:url';
import test from 'ava';
import fc from 'fast-check';
import {Answer, type Content, responseGenerated} from '#events';
import {faultsOf} from '#kit';
import {draft} from '../../services/response/draft.ts';
import {readTemplates} from '../../services/response/templates.ts';

const templates = readTemplates(
  fileURLToPath(new URL('../../services/response/templates/', import.meta.url)),
);

const contentOf = (text: string, senderName: string | null = null): Content => ({
  filename: null,
  title: null,
  sender: {name: senderName, address: 'somebody@example.org'},
  text,
});
const answer = (template: string, text: string, senderName: string | null = null) =>
  draft(templates, {template, category: template, content: contentOf(text, senderName), language: 'en'});

const mortgageLetter = `To whom it may concern,

my escrow payment went up from $210.00 to $385.50 on March 1, 2025, and nobody can tell me why.
The loan number is 00-44719-2. Please send me the analysis.

Yours faithfully,
Anna B. Example`;

test('a letter is answered by name, with what it says', (t) => {
  const {answer: written, missing, needsReview, generator} = answer('mortgage', mortgageLetter);

  t.is(written.subject, 'Your message about your mortgage (loan number ending in 7192)');
  t.true(
    written.body.startsWith('Dear Anna B. Example,\n\nThank you for writing to us about your mortgage.'),
  );
  t.true(
    written.body.includes(
      '- loan number ending in 7192\n- amounts: $210.00 and $385.50\n- dates: March 1, 2025\n\nIf you have asked',
    ),
  );
  t.deepEqual(missing, []);
  t.false(needsReview);
  t.is(generator.template, 'mortgage');
  t.regex(generator.version, /^[0-9a-f]{12}$/);
});

test('each field that was used tells where it was found', (t) => {
  const {fields} = answer('mortgage', mortgageLetter).answer;

  t.deepEqual(
    fields.map(({name}) => name),
    ['sender', 'loan', 'amount', 'amount', 'date'],
  );
  for (const {value, from, to} of fields) t.is(mortgageLetter.slice(from ?? 0, to ?? 0), value);
});

test('a sender known from a mail has no place in the text', (t) => {
  t.deepEqual(answer('mortgage', 'Hello.', 'Anna Example').answer.fields, [
    {name: 'sender', value: 'Anna Example', from: null, to: null},
  ]);
});

test('what is missing is asked for, and a person looks at it', (t) => {
  const {answer: written, missing, needsReview} = answer('credit_card', 'You charged me $35.00 twice!');

  t.deepEqual(missing, ['reference', 'date']);
  t.true(needsReview);
  t.true(written.body.startsWith('Dear Sir or Madam,\n'));
  t.regex(written.body, /we still need:\n\n- the last four digits .*\n- the date of each charge/);
  t.notRegex(written.body, /- the amount of each charge/);
});

test('every letter that ships makes a draft that fits the fact', (t) => {
  const faultsOfAnswer = faultsOf(Answer);

  for (const template of templates.keys())
    for (const text of ['', mortgageLetter]) {
      const {answer: written, missing, needsReview, generator} = answer(template, text);
      t.deepEqual(faultsOfAnswer(written), []);
      t.deepEqual(
        responseGenerated.faults({...responseGenerated.example, missing, needsReview, generator}),
        [],
      );
    }
});

test('a letter that does not exist is answered with no other', (t) => {
  t.throws(() => answer('car_insurance', mortgageLetter), {
    message: /^Expected one of the templates at_risk, bank_account, .*, student_loan, got `car_insurance`\.$/,
  });
  t.is(answer('general', mortgageLetter).needsReview, false);
});

test('an unclassified document is looked at by a person', (t) => {
  const request = {template: 'general', category: null, content: contentOf(mortgageLetter), language: 'en'};

  t.true(draft(templates, request).needsReview);
});

test('an answer to a document that is not in English is looked at by a person', (t) => {
  const inLanguage = (language: string | null) =>
    draft(templates, {
      template: 'mortgage',
      category: 'mortgage',
      content: contentOf(mortgageLetter),
      language,
    });

  t.true(inLanguage('de').needsReview);
  t.is(inLanguage('de').generator.template, 'mortgage');
  t.false(inLanguage(null).needsReview);
});

test('what looks like a template or markup in a document stays what it is: data', (t) => {
  const hostile = `{{ missing }} {% assign sender = "Root" %} <script>alert(1)</script>
My account number is {{ 7 | times: 6 }}. Reference: {%endif%}123456. I paid $5{{ sender }} on 2025-03-03{% raw %}.
Sincerely,
{{ sender }} <b>Example</b>`;

  const {subject, body} = answer('bank_account', hostile, '{{ 7 | times: 6 }}').answer;

  t.notRegex(subject + body, /42|Root|script|[{}<>%]/);
  t.true(body.startsWith('Dear Sir or Madam,'));
});

test('whatever the document, an answer is visible characters and no longer than a letter', (t) => {
  const piece = fc.constantFrom(
    ...[
      'Account number: ',
      '4417',
      '$5',
      'March',
      '3, 2025',
      'Ref: AB-12345',
      'Anna',
      ' Example',
      'Regards',
      '🏦',
    ],
    ...['\u0000', '\u0007', '\u200b', '\u202e', '\u2066', '\u00ad', '\u00a0', '\ud83d', ' ', '\n', '\r'],
  );
  const text = fc.array(piece, {maxLength: 60}).map((pieces) => pieces.join(''));

  fc.assert(
    fc.property(text, text, (written, sender) => {
      const {subject, body} = answer('bank_account', written, sender).answer;
      t.notRegex(subject, /\p{C}/u);
      t.notRegex(body, /[^\P{C}\n]/u);
      t.true(subject.length < 200 && body.length < 2000);
    }),
    {seed: 7, numRuns: 500},
  );
});

test('no value makes a letter long', (t) => {
  const text = `Reference number: ${'A1'.repeat(50_000)} $${'1'.repeat(50_000)}`;

  const {subject, body} = answer('general', text, 'Anna '.repeat(10_000)).answer;

  t.true(subject.length < 200 && body.length < 2000);
});

test('an amount that comes twice is told once, and of more than three none', (t) => {
  const bodyFor = (text: string) => answer('general', text).answer.body;

  t.true(bodyFor('I paid $5, $6, $5.00, 5 dollars and $7.').includes('- amounts: $5, $6, and $7\n'));
  t.true(
    bodyFor('I paid $5, $6, $7 and $8.').includes(
      '- amounts: more than three, which we will read in your message itself\n',
    ),
  );
});

test('an amount of nothing is told beside no other, and asked for', (t) => {
  const {answer: written, missing} = answer('bank_account', 'My balance is $0.00.');

  t.true(
    written.body.includes('- amounts: $0.00, which we take for none; please tell us if another is meant\n'),
  );
  t.true(missing.includes('amount'));
  t.true(answer('general', 'Not $0.00 but $5.').answer.body.includes('- amounts: $5\n'));
});

test('of a long account number an answer tells the end alone', (t) => {
  t.is(
    answer('bank_account', 'Account number: 000123456789').answer.subject,
    'Your message about your bank account (account number ending in 6789)',
  );
  t.is(
    answer('bank_account', 'IBAN DE89 3704 0044 0532 0130 00').answer.subject,
    'Your message about your bank account (IBAN ending in 3000)',
  );
  t.is(
    answer('bank_account', 'Case number: CMP-88120-7781').answer.subject,
    'Your message about your bank account (reference CMP-88120-7781)',
  );
  t.is(
    answer('bank_account', 'My reference: 4417 1234 5678 9113').answer.subject,
    'Your message about your bank account (card number ending in 9113)',
  );
});

test('the same document gets the same answer', (t) => {
  t.deepEqual(answer('mortgage', mortgageLetter), answer('mortgage', mortgageLetter));
});
