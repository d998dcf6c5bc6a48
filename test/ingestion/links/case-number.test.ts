import test from 'ava';
import fc from 'fast-check';
import {documentIngested} from '#events';
import {caseNumberOf, caseNumbersIn} from '../../../services/ingestion/links/case-number.ts';
import {keyed, otherKeyed} from './keyed.ts';

const documentId = 'doc-00000000000000000001';
const number = caseNumberOf(keyed, documentId);

test('a number of a case is the same for one document, and fits the fact', (t) => {
  const thread = {case: number, follows: null, claims: null};

  t.is(caseNumberOf(keyed, documentId), number);
  t.deepEqual(documentIngested.faults({...documentIngested.example, thread}), []);
});

test('who has not the key makes another number of the same document', (t) => {
  t.not(caseNumberOf(otherKeyed, documentId), number);
});

test('a number is found in a subject however it was copied', (t) => {
  const subjects = [
    `Re: Your mortgage [${number}]`,
    `AW: your case ${number.toLowerCase()}, again`,
    `(${number})`,
    number.replaceAll('0', 'O').replaceAll('1', 'l'),
  ];

  for (const subject of subjects) t.deepEqual(caseNumbersIn([subject]), [number], subject);
});

test('what only looks a little like a number is none', (t) => {
  for (const text of ['12345-678901', 'a12345-67890', '12345-67890-1', '1234-56789', 'ABCDU-12345', ''])
    t.deepEqual(caseNumbersIn([text]), [], text);
});

test('no more than twenty numbers are looked up of one document', (t) => {
  const text = Array.from({length: 30}, (_, index) => `${String(10_000 + index)}-00000`).join(' ');

  t.is(caseNumbersIn([text]).length, 20);
});

test('whatever surrounds a number that stands alone, it is found', (t) => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      t.true(caseNumbersIn([`${before} ${number} ${after}`]).includes(number));
    }),
    {seed: 7, numRuns: 200},
  );
});
