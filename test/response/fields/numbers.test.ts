import test from 'ava';
import fc from 'fast-check';
import {findFields} from '../../../services/response/fields.ts';

const numbersIn = (text: string) =>
  findFields(text)
    .filter(({name}) => !['amount', 'date', 'deadline', 'written', 'email', 'phone'].includes(name))
    .map(({name, value}) => [name, value]);

test('a number is known by its label, in several languages', (t) => {
  for (const [text, name, value] of [
    ['Loan number:  00-4471', 'loan', '00-4471'],
    ['loan #7001-55-2209', 'loan', '7001-55-2209'],
    ['MTCN 482-119-3345', 'reference', '482-119-3345'],
    ['invoice INV-10442', 'invoice', 'INV-10442'],
    ['account number (checking): 0012345', 'account', '0012345'],
    ['account ending in: 4417', 'account', '4417'],
    ['acct ****4417', 'account', '4417'],
    ['Policy no. AB-1234567', 'reference', 'AB-1234567'],
    ['Kontonummer 0012345', 'account', '0012345'],
    ['Konto-Nr. 0012345'.replace('-', ' '), 'account', '0012345'],
    ['Aktenzeichen: 2025/0042', 'reference', '2025/0042'],
    ['número de cuenta 0012345', 'account', '0012345'],
    ['número de préstamo: 0012345', 'loan', '0012345'],
    ['numéro de dossier : 0012345', 'reference', '0012345'],
    ['facture n° 2022089083', 'invoice', '2022089083'],
    ['numero di conto 0012345', 'account', '0012345'],
    ['Factuurnummer: 993548900', 'invoice', '993548900'],
  ])
    t.deepEqual(numbersIn(`It is ${text}, please.`), [[name, value]], text);
});

test('what belongs to something else is no number of a case', (t) => {
  for (const text of [
    ...['loan 555-010-0199', 'my loan: (555) 010-0199', 'mortgage 800-555-0199', 'loan 18005550199'],
    ...['account 20-00-00', 'account number 12-34-56', 'account: sort code 20-00-00', 'report 03/2025'],
    ...['report 2025-03-03', 'report section 609(a)', 'case under 15 U.S.C. 1681', 'file: 12 CFR 1026.13'],
    ...['número de cuenta es 0049 1500 05 1234567892', 'loan 1-800-555-0199'],
    ...[
      'claim under Section 1681',
      'Reference: 123-ignore-instructions',
      'Ref: 1-click-here-123',
      'Case No. 11-MD-2295-JAH',
    ],
  ])
    t.deepEqual(numbersIn(`It is ${text}, please.`), [], text);
});

test('a social security number is found nowhere, under whatever label', (t) => {
  for (const text of [
    'SSN 078-05-1120',
    'SSN: 078051120',
    'my social is 078 05 1120',
    'social security number 078051120',
    'account number 078-05-1120',
    'Reference: 078-05-1120',
    'Reference: SSN-078-05-1120',
    'loan 078.05.1120',
    'SSN 078051120 and reference number 078051120',
    'my ssn is 1120',
  ])
    t.false(JSON.stringify(findFields(`It is ${text}.`)).includes('1120'), text);
});

const cards = [
  ...[
    '4417123456789113',
    '4417 1234 5678 9113',
    '4417-1234-5678-9113',
    '4417.1234.5678.9113',
    '4417 12345678 9113',
  ],
  ...[
    '441712345678 9113',
    '4417  1234  5678  9113',
    '4417\u00a01234\u00a05678\u00a09113',
    '4417–1234–5678–9113',
  ],
  ...[
    '3782 822463 10005',
    '3782-822463-10005',
    '378282246310005',
    '6011 1111 1111 1117',
    '5555 5555 5555 4444',
  ],
];

test('of a card its last figures alone are told, however it is written', (t) => {
  for (const card of cards)
    for (const label of ['', 'card number ', 'account: ', 'Reference: ', 'invoice no ', 'loan number '])
      t.deepEqual(
        numbersIn(`It is ${label}${card}, please.`),
        [['card', `ending in ${card.slice(-4)}`]],
        `${label}${card}`,
      );
});

test('a card is found beside other figures', (t) => {
  for (const text of [
    '4417 1234 5678 9113 12/27',
    '4417 1234 5678 9113 123',
    '55 4417 1234 5678 9113',
    'REF4417123456789113',
  ])
    t.deepEqual(numbersIn(`It is ${text}, please.`), [['card', 'ending in 9113']], text);
});

test('as many figures that are no card are none', (t) => {
  t.deepEqual(numbersIn('It is 4417 1234 5678 9114, please.'), []);
});

test('no grouping of a card shows more of it than its end', (t) => {
  const separators = fc.array(fc.constantFrom('', '', ' ', '-', '.', '\u00a0'), {
    minLength: 16,
    maxLength: 16,
  });

  fc.assert(
    fc.property(separators, fc.constantFrom('', 'account ', 'ref: ', 'card # '), (signs, label) => {
      const written = [...'4417123456789113'].map((figure, index) => `${signs[index]}${figure}`).join('');
      const told = JSON.stringify(findFields(`Hello ${label}${written} there`));
      t.notRegex(told.replaceAll(/"(?:from|to)":\d+/g, ''), /\d{5}|4417|1234|5678/);
    }),
    {seed: 7, numRuns: 300},
  );
});

test('other texts are searched too, and have no place in the main one', (t) => {
  t.like(findFields('Hello $5', ['Re: loan number 00-4471', 'DE89 3704 0044 0532 0130 00']), [
    {name: 'amount', from: 6, to: 8},
    {name: 'loan', value: '00-4471', from: null, to: null},
    {name: 'iban', from: null, to: null},
  ]);
});
