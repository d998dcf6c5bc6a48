/** No answer, nor what is kept beside it, repeats a card's number or a social security number. */
import {fileURLToPath} from 'node:url';
import test from 'ava';
import fc from 'fast-check';
import {draft} from '../../services/response/draft.ts';
import {readTemplates} from '../../services/response/templates.ts';

const templates = readTemplates(
  fileURLToPath(new URL('../../services/response/templates/', import.meta.url)),
);
const answerTo = (text: string, title: string | null = null) =>
  draft(templates, {
    template: 'credit_card',
    category: 'credit_card',
    content: {filename: null, title, sender: null, text},
    language: 'en',
  }).answer;
const told = (text: string, title?: string) => {
  const {subject, body, fields} = answerTo(text, title);
  return [subject, body, ...fields.map(({value}) => value)].join('\n');
};

const labels = [
  '',
  'card number ',
  'Account: ',
  'reference no. ',
  'invoice #',
  'loan number is ',
  'REF',
  'Ref: AB-',
];

test('of a card its last four figures are told, in the letter and beside it', (t) => {
  for (const card of ['4417 1234 5678 9113', '3782-822463-10005', '4417.1234.5678.9113', '441712345678 9113'])
    for (const label of labels.slice(0, 6)) {
      t.true(
        answerTo(`It is ${label}${card}.`).subject.endsWith(`(card number ending in ${card.slice(-4)})`),
        label,
      );
      t.notRegex(told(`It is ${label}${card}.`), /4417|1234|3782|8224/);
      t.notRegex(told('Hello.', `${label}${card}`), /4417|1234|3782|8224/);
    }
});

test('a number as long as a card’s is masked, though it is none', (t) => {
  t.notRegex(told('Account number: 1234567890123456'), /12345|90123/);
  t.notRegex(told('Reference number: OD304175096047380001'), /30417/);
});

test('no digit of a card but its last four gets into an answer, whatever its groups', (t) => {
  const signs = fc.array(fc.constantFrom('', '', ' ', '-', '.', '\u00a0', '  '), {
    minLength: 16,
    maxLength: 16,
  });
  const inTitle = fc.boolean();

  fc.assert(
    fc.property(signs, fc.constantFrom(...labels), inTitle, (separators, label, isTitle) => {
      const card = [...'4417123456789113'].map(
        (figure, index) => (index > 0 ? separators[index] : '') + figure,
      );
      const text = `Hello, ${label}${card.join('')} it is.`;
      t.notRegex(isTitle ? told('Hello.', text) : told(text), /441|171|712|123|234|345|456|567|678|789/);
    }),
    {seed: 7, numRuns: 500},
  );
});

test('a social security number is told nowhere', (t) => {
  for (const written of ['078-05-1120', '078 05 1120', '078.05.1120', 'SSN 078051120', 'SSN: 078051120'])
    for (const label of [...labels, 'my social is ', 'SSN '])
      t.notRegex(
        told(`It is ${label}${written}, and reference number ${written}.`),
        /1120|078/,
        `${label}${written}`,
      );
});
