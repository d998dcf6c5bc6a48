import test from 'ava';
import fastCheck from 'fast-check';
import {KeyTable} from '../../services/classification/key-table.ts';
import {termsOf} from '../../services/classification/terms.ts';
import {wordsIn} from '../../services/classification/tokens.ts';

const wordsOf = (text: string) => wordsIn(text).filter((word) => word !== null);
const pairsOf = (text: string) =>
  termsOf(text)
    .shown()
    .filter((term) => term.includes(' '));

test('blacked-out names and dates are no words', (t) => {
  t.deepEqual(wordsOf('On XX/XX/2019 XXXX XXXXXXXX called. On XX/XX/year> EdXXXX paid.'), [
    'on',
    'called',
    'on',
    'ed',
    'paid',
  ]);
});

test('a word with an x is a word', (t) => {
  t.deepEqual(wordsOf('The Exxon tax box'), ['the', 'exxon', 'tax', 'box']);
});

test('numbers and amounts are no words', (t) => {
  t.deepEqual(wordsOf('I paid {$1100.00} or $12,345 on the 3rd of May 2019'), [
    'i',
    'paid',
    'or',
    'on',
    'the',
    'of',
    'may',
  ]);
});

test('no pair reaches across what was left out', (t) => {
  t.deepEqual(pairsOf('my XXXX account, my account since 2019 closed'), [
    'account my',
    'my account',
    'account since',
  ]);
});

test('apostrophes, case and ligatures make no difference', (t) => {
  for (const text of ["Didn't", 'didn’t', 'DIDNT', "did n't"]) t.deepEqual(wordsOf(text), ['didnt']);
  t.deepEqual(wordsOf('conﬁrm'), ['confirm']);
});

test('letters of any script are words', (t) => {
  t.deepEqual(wordsOf('Kündigung für Žofie: договор'), ['kündigung', 'für', 'žofie', 'договор']);
});

test('whatever the text, its words and pairs hold all of its terms, as often as they occur', (t) => {
  fastCheck.assert(
    fastCheck.property(fastCheck.string({unit: 'grapheme', maxLength: 200}), (text) => {
      const terms = termsOf(`${text} and ${text}`);
      const all = terms.bag.times.reduce((sum, times) => sum + times, 0);
      const held = terms.sums(new Float64Array(terms.bag.keys.length).fill(1));
      return held.length === terms.shown().length && held.reduce((sum, one) => sum + one, 0) === all;
    }),
  );
  t.pass();
});

test('a table of keys grows, and numbers them in the order in which they come', (t) => {
  const table = new KeyTable(4);
  const keys = Array.from({length: 5000}, (_, at) => Math.imul(at, 0x9e3779b1) | 0);

  t.deepEqual(
    [...keys, ...keys].map((key) => table.add(key)),
    [...keys.keys(), ...keys.keys()],
  );
  t.is(table.size, 5000);
  t.is(table.find(keys[4999] ?? 0), 4999);
  t.is(table.find(12_345), -1);
});
