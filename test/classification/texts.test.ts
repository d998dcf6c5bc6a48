import test from 'ava';
import {type Content, ownWordsOf} from '#events';
import {textsOf} from '../../services/classification/texts.ts';

const content = (text: string, more: Partial<Content> = {}): Content => ({
  filename: null,
  title: null,
  sender: null,
  text,
  ...more,
});
const statement = content('Statement of account. Mortgage, escrow, terms and conditions.', {
  title: 'Statement',
});
const long = 'My credit card was charged twice for one hotel room, and nobody answers my letters. '.repeat(6);

test('a letter of its own is what its writer says, whatever is attached', (t) => {
  const {letter, whole} = textsOf(content(long, {title: 'Card'}), [statement]);

  t.is(letter, `Card\n\n${long.trim()}`);
  t.true(whole.endsWith('Statement\n\nStatement of account. Mortgage, escrow, terms and conditions.'));
});

test('a mail that only carries is about what it carries', (t) => {
  const {letter} = textsOf(content('Please see attached. Regards, Ann'), [statement]);

  t.is(
    letter,
    'Please see attached. Regards, Ann\n\nStatement\n\nStatement of account. Mortgage, escrow, terms and conditions.',
  );
  t.is(
    textsOf(content(''), [statement]).letter,
    'Statement\n\nStatement of account. Mortgage, escrow, terms and conditions.',
  );
});

test('what is quoted is left out, and what is said stays at its place', (t) => {
  const text = 'Thank you.\n> If you are thinking of ending your life\nBye.';
  const quoting = content(text, {
    own: [
      {from: 0, to: 11},
      {from: text.indexOf('Bye'), to: text.length},
    ],
  });

  t.is(ownWordsOf(quoting).length, text.length);
  t.is(ownWordsOf(quoting).indexOf('Bye'), text.indexOf('Bye'));
  t.notRegex(textsOf(quoting, []).whole, /ending/);
  t.is(ownWordsOf(content(text)), text);
});
