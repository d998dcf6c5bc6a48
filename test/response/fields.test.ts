import test from 'ava';
import fc from 'fast-check';
import {type FieldName, findFields} from '../../services/response/fields.ts';

const valuesOf = (text: string, name: FieldName) =>
  findFields(text)
    .filter((field) => field.name === name)
    .map(({value}) => value);

const letter = `March 3, 2025

Re: loan number 00-4471-9
Dear Sirs, on 02/14/2025 my account ending in 4417 was charged $35.00 and, a day later, 1,204.55 EUR.
Invoice #INV-2025/17 says otherwise. Write to anna.example+bank@mail.example.org or call (555) 010-9999.
Please refund DE89 3704 0044 0532 0130 00. Your reference: CMP-88120.`;

test('a letter is read for numbers, amounts, dates and addresses, in order of place', (t) => {
  t.deepEqual(
    findFields(letter).map(({name, value}) => [name, value]),
    [
      ['written', 'March 3, 2025'],
      ['loan', '00-4471-9'],
      ['date', '02/14/2025'],
      ['account', '4417'],
      ['amount', '$35.00'],
      ['amount', '1,204.55 EUR'],
      ['invoice', 'INV-2025/17'],
      ['email', 'anna.example+bank@mail.example.org'],
      ['phone', '(555) 010-9999'],
      ['iban', 'DE89 3704 0044 0532 0130 00'],
      ['reference', 'CMP-88120'],
    ],
  );
});

test('each field tells where it stands', (t) => {
  for (const {value, from, to} of findFields(letter)) t.is(letter.slice(from ?? 0, to ?? 0), value);
});

test('a number is known by the label before it', (t) => {
  for (const [text, name, value] of [
    ['Account number: 4417-0092', 'account', '4417-0092'],
    ['acct. no. 00123', 'account', '00123'],
    ['my card ending with 9113', 'account', '9113'],
    ['card number 4417 1234 5678 9113 was', 'card', 'ending in 9113'],
    ['MORTGAGE LOAN 0098123', 'loan', '0098123'],
    ['case #AB-12345', 'reference', 'AB-12345'],
    ['Ref: 2025/0042.', 'reference', '2025/0042'],
    ['the tracking number is 123-456-789', 'reference', '123-456-789'],
    ['bill no 5512', 'invoice', '5512'],
  ] as const)
    t.deepEqual(valuesOf(text, name), [value], text);
});

test('a word or an amount after a label is no number', (t) => {
  for (const text of [
    'my account number is required',
    'account number XXXX XXXX',
    'a loan of 5000',
    'a loan 5000.00 was',
    'a loan 500000 dollars strong',
    'my account 2019 statement',
    'reference in case you need it',
    'accounting 123456',
    'my mortgage 30 years',
    'each account is 100 % true',
    'my loan was 2500 at first',
    'Account number : XX/XX/2338',
  ])
    t.deepEqual(
      findFields(text).filter(({name}) => name !== 'amount'),
      [],
      text,
    );
});

test('an amount has a currency, before it or after it', (t) => {
  t.deepEqual(
    valuesOf('$5, US$ 1,250.00, €1.249,50, EUR 20, £3 million, {$250.00} and 500 dollars', 'amount'),
    ['$5', 'US$ 1,250.00', '€1.249,50', 'EUR 20', '£3 million', '$250.00', '500 dollars'],
  );
  t.deepEqual(valuesOf('1250.00 of 17 in 2025, section 3.2', 'amount'), []);
});

test('a date is in the calendar', (t) => {
  t.deepEqual(
    valuesOf('2025-02-28, 2/14/25, 14/2/2025, 3rd of March 2024, Sept. 5, 2023 and 1 June 2022', 'date'),
    ['2025-02-28', '2/14/25', '14/2/2025', '3rd of March 2024', 'Sept. 5, 2023', '1 June 2022'],
  );
  t.deepEqual(
    valuesOf('2025-02-30, 13/13/2025, XX/XX/2015, 1/2/3/2025, June 31, 2024, May 2025', 'date'),
    [],
  );
});

test('an IBAN has the right check digits and length', (t) => {
  t.deepEqual(valuesOf('GB82WEST12345698765432 and NL91 ABNA 0417 1643 00 PLEASE', 'iban'), [
    'GB82WEST12345698765432',
    'NL91 ABNA 0417 1643 00',
  ]);
  t.deepEqual(
    valuesOf('GB83WEST12345698765432, GB82WEST123456987654321, ZZ82WEST12345698765432, DE89 3704', 'iban'),
    [],
  );
});

test('a phone number has its groups, and a social security number is none', (t) => {
  t.deepEqual(valuesOf('555-010-9999, +1 (555) 010-9999, +49 30 1234567', 'phone'), [
    '555-010-9999',
    '+1 (555) 010-9999',
    '+49 30 1234567',
  ]);
  t.deepEqual(valuesOf('078-05-1120, 1234567890123456, 12-555-010-9999-1', 'phone'), []);
});

test('a line break within a value becomes a blank, its place stays', (t) => {
  t.like(findFields('on March\n3, 2025'), [{value: 'March 3, 2025', from: 3, to: 16}]);
});

test('a text is read as far as 100,000 characters', (t) => {
  const far = (characters: number) => findFields(`${' '.repeat(characters)}$5 `).length;

  t.is(far(99_000), 1);
  t.is(far(100_000), 0);
});

test('no more than twenty fields of one kind are kept', (t) => {
  t.is(valuesOf('$5 and '.repeat(5000), 'amount').length, 20);
});

test('no text of two megabytes takes more than a moment', (t) => {
  const units = [
    ...[
      '1',
      '1,',
      "1'111",
      '$1',
      'a@',
      'a.',
      'a@a.',
      '+1',
      '+1 ',
      '(555) ',
      '1-',
      'DE89 ',
      'AB12 3',
      'account ',
    ],
    ...[
      'account number ',
      'account 1-',
      'account 1234 ',
      'Jan ',
      'January 1',
      '12/',
      '2025-',
      ' ',
      '\n',
      'ending in ',
    ],
  ];

  for (const unit of units) {
    const text = unit.repeat(2_000_000 / unit.length);
    const start = process.cpuUsage();
    findFields(text);
    const {user} = process.cpuUsage(start);
    // In proportion it is some 20 ms; with the square of it, minutes.
    t.true(user < 2_000_000, `${JSON.stringify(unit)} took ${user} µs`);
  }
});

test('whatever the text, fields stand in it, in order and apart', (t) => {
  const piece = fc.constantFrom(
    'account ',
    'no. ',
    '12345 ',
    '$',
    '1,250.00 ',
    '3/4/2025',
    '@',
    'a.b',
    '+1 ',
    '\n',
    '💶',
  );

  fc.assert(
    fc.property(fc.array(piece, {maxLength: 40}), (pieces) => {
      const text = pieces.join('');
      let end = 0;
      for (const {value, from, to} of findFields(text)) {
        if (from === null || to === null) return t.fail();
        t.true(from >= end && to <= text.length);
        t.is(value, text.slice(from, to).replaceAll(/\s+/g, ' '));
        end = to;
      }
    }),
    {seed: 7, numRuns: 300},
  );
});
