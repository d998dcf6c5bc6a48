import test from 'ava';
import {amountOf} from '../../../services/response/fields/amounts.ts';
import {findFields} from '../../../services/response/fields.ts';

const amountsIn = (text: string) =>
  findFields(text)
    .filter(({name}) => name === 'amount')
    .map(({value}) => value);

/** How people write amounts, and how much they are. */
const written: readonly (readonly [text: string, value: string, amount: number])[] = [
  ['I paid $5 for it', '$5', 5],
  ['charged $35.00.', '$35.00', 35],
  ['a fee of {$250.00} was', '$250.00', 250],
  ['US$ 1,250.00, twice', 'US$ 1,250.00', 1250],
  ['over $1.5k by now', '$1.5k', 1500],
  ['some $12M in all', '$12M', 12e6],
  ['some $3bn in all', '$3bn', 3e9],
  ['some $1.2 million in all', '$1.2 million', 1.2e6],
  ['about £3 million', '£3 million', 3e6],
  ['a sum of $1 200,50 is', '$1 200,50', 1200.5],
  ['die Summe von 1.200,50 € ist', '1.200,50 €', 1200.5],
  ['von 1.200 € ist', '1.200 €', 1200],
  ['de 1 200 € est', '1 200 €', 1200],
  ['de 1\u00a0200,50\u00a0€ est', '1 200,50 €', 1200.5],
  ["EUR 1'200.50 in all", "EUR 1'200.50", 1200.5],
  ['CHF 1’200.50 in all', 'CHF 1’200.50', 1200.5],
  ['USD1,200 in all', 'USD1,200', 1200],
  ['of 1,200 USD in all', '1,200 USD', 1200],
  ['of 1200USD in all', '1200USD', 1200],
  ['of 500 dollars', '500 dollars', 500],
  ['of 2 dollars and 50 cents', '2 dollars and 50 cents', 2],
  ['of 20 Euro', '20 Euro', 20],
  ['of 99,90€.', '99,90€', 99.9],
  ['C$40 and more', 'C$40', 40],
  ['Rs. 1,00,000 in all', 'Rs. 1,00,000', 1e5],
  ['₹ 500 in all', '₹ 500', 500],
  ['1 234,56 zł w sumie', '1 234,56 zł', 1234.56],
  ['a balance of $0.00', '$0.00', 0],
  ['from $5-$10', '$5', 5],
  ['pay $500/month', '$500', 500],
  ['($35.00)', '$35.00', 35],
];

for (const [text, value, amount] of written)
  test(`${text}: ${value} is ${amount}`, (t) => {
    t.is(amountsIn(text)[0], value);
    t.is(Math.round(amountOf(value) * 100), amount * 100);
  });

test('what is no amount, or only the start of one, is left out', (t) => {
  for (const text of [
    ...[
      '15 U.S.C. 1681',
      '15 U.S. Code $ 1681c-2',
      '12 CFR 1026.13',
      'Section 609(a)',
      '1250.00 of 17 in 2025',
      '401k',
      '30 %',
      '12M followers',
    ],
    ...[
      '$5 200 and',
      '$1,23456',
      `$${'1'.repeat(50)}`,
      'US 5',
      '$',
      'EURO 5 5'.slice(0, 4),
      'version 1.2.3 $',
    ],
  ])
    t.deepEqual(amountsIn(text), [], text);
});
