import test from 'ava';
import fastCheck from 'fast-check';
import {tokenize} from '../../services/classification/tokens.ts';

const wordsOf = (text: string) => tokenize(text).shown.filter((term) => !term.includes(' '));
const pairsOf = (text: string) => tokenize(text).shown.filter((term) => term.includes(' '));

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

test('every term has a holder, whatever the text', (t) => {
  fastCheck.assert(
    fastCheck.property(fastCheck.string({unit: 'grapheme', maxLength: 200}), (text) => {
      const {shown, keys, holders} = tokenize(text);
      return keys.length === holders.length && holders.every((holder) => holder < shown.length);
    }),
  );
  t.pass();
});
