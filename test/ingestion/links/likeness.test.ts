import test from 'ava';
import {
  comparing,
  likenessOf,
  readMarks,
  resemblance,
  writtenMarks,
} from '../../../services/ingestion/links/likeness.ts';
import {keyed, otherKeyed} from './keyed.ts';

const letter = `I have been a customer of your bank for many years and never had a reason to complain. Last week you
charged me a fee for a transfer that I did not make, and your hotline kept me waiting for an hour before the line broke off.
Please pay the fee back and tell me how it came to that. I have written to you about it before and nobody has answered me.`;
const other = `The mortgage on our house is serviced by you since spring, and the payment that we sent in the first week of May
was returned without a word, so that it is reported as late now. We ask you to correct what you told the bureaus.`;

const of = (text: string) => {
  const likeness = likenessOf(text, comparing(keyed));
  if (likeness === undefined) throw new Error('Expected a text that can be compared.');
  return likeness;
};
const share = (one: string, two: string) => resemblance(of(one).marks, of(two).marks);
const haveABandTogether = (one: string, two: string) =>
  of(one).bands.some((band) => of(two).bands.includes(band));

test('the same words are the same, however they are spaced and spelled in capitals', (t) => {
  const again = letter.replaceAll(/\s+/g, '  \n').toUpperCase();

  t.is(of(again).words, of(letter).words);
  t.is(share(letter, again), 1);
});

test('a letter with a few words changed is like it, and found by a band', (t) => {
  const changed = letter.replace('for many years', 'for very many years');

  t.not(of(changed).words, of(letter).words);
  t.true(share(letter, changed) >= 0.8, String(share(letter, changed)));
  t.true(haveABandTogether(letter, changed));
});

test('another letter is not like it', (t) => {
  t.true(share(letter, other) < 0.2);
  t.false(haveABandTogether(letter, other));
});

test('numbers and names are what makes it this letter', (t) => {
  const withNumber = `${letter} My account is 4711, and my name is Ada Lovelace.`;

  t.not(of(withNumber.replace('4711', '4712')).particulars, of(withNumber).particulars);
  t.not(of(withNumber.replace('Ada', 'Eva')).particulars, of(withNumber).particulars);
  t.is(of(withNumber.replace('many', 'some')).particulars, of(withNumber).particulars);
});

test('of a few words nothing is said', (t) => {
  t.is(likenessOf('Please call me back today.', comparing(keyed)), undefined);
  t.is(likenessOf('', comparing(keyed)), undefined);
});

test('a script without spaces is compared by its signs', (t) => {
  const chinese = '我的信用卡上个月被收取了两次年费，我已经打过电话投诉，但是至今没有人回复我。';

  t.is(share(chinese, chinese.replace('投诉', '申诉')) > 0.5, true);
  t.true(share(chinese, '请问你们银行的抵押贷款利率现在是多少，我想为我的家人买一套新的房子。') < 0.3);
});

test('with another key nothing is the same', (t) => {
  const theirs = likenessOf(letter, comparing(otherKeyed));

  t.not(theirs?.words, of(letter).words);
  t.is(
    theirs?.bands.some((band) => of(letter).bands.includes(band)),
    false,
  );
});

test('marks are read as they were written', (t) => {
  t.deepEqual(readMarks(writtenMarks(of(letter).marks)), of(letter).marks);
  t.deepEqual(readMarks(writtenMarks(Uint32Array.of(0, 1, 0xffffffff))), Uint32Array.of(0, 1, 0xffffffff));
});
