import test from 'ava';
import {findFields} from '../../../services/response/fields.ts';

const daysIn = (text: string) =>
  findFields(text)
    .filter(({name}) => ['date', 'deadline', 'written'].includes(name))
    .map(({name, value, meaning}) => [name, value, /^\d{4}-\d\d-\d\d$/.test(meaning) ? meaning : null]);

test('a date in figures is read as the others of its writer', (t) => {
  t.deepEqual(daysIn('On 03/04/2025 and on 14/03/2025.'), [
    ['date', '03/04/2025', '2025-04-03'],
    ['date', '14/03/2025', '2025-03-14'],
  ]);
  t.deepEqual(daysIn('On 03/04/2025 and on 3/14/25.'), [
    ['date', '03/04/2025', '2025-03-04'],
    ['date', '3/14/25', '2025-03-14'],
  ]);
});

test('where nothing tells day from month, or both are told, a date stays as it is written', (t) => {
  t.deepEqual(daysIn('On 03/04/2025.'), [['date', '03/04/2025', null]]);
  t.deepEqual(daysIn('On 03/04/2025, 14/03/2025 and 3/14/2025.')[0], ['date', '03/04/2025', null]);
  t.deepEqual(daysIn('On 03/03/2025.'), [['date', '03/03/2025', '2025-03-03']]);
});

test('a country that the text shows tells day from month', (t) => {
  t.is(daysIn('£30 on 03/04/2025')[0]?.[2], '2025-04-03');
  t.is(daysIn('Boston, MA 02110, on 03/04/2025')[0]?.[2], '2025-03-04');
  t.is(daysIn('on 03.04.2025')[0]?.[2], '2025-04-03');
});

test('dates are written in many ways', (t) => {
  for (const [text, day] of [
    ['2025-03-03', '2025-03-03'],
    ['2025/03/03', '2025-03-03'],
    ['6.30.2024', '2024-06-30'],
    ['March 3rd, 2025', '2025-03-03'],
    ['Mar. 3, 2025', '2025-03-03'],
    ['3rd of March 2025', '2025-03-03'],
    ['3-Mar-2025', '2025-03-03'],
    ['Sept 5 2023', '2023-09-05'],
    ['3. März 2025', '2025-03-03'],
    ['3 de marzo de 2025', '2025-03-03'],
    ['1er mars 2025', '2025-03-01'],
    ['3 août 2025', '2025-08-03'],
    ['3 marzo 2025', '2025-03-03'],
    ['3 maart 2025', '2025-03-03'],
    ['3 de março de 2025', '2025-03-03'],
    ['3 marca 2025', '2025-03-03'],
    ['3 maja 2025', '2025-05-03'],
    ['7. Mai 2014', '2014-05-07'],
    ['15 juin 2025', '2025-06-15'],
    ['15 juillet 2025', '2025-07-15'],
    ['15 października 2025', '2025-10-15'],
  ])
    t.is(daysIn(`It was on ${text} at noon.`)[0]?.[2], day, text);
});

test('what is no day is none', (t) => {
  for (const text of [
    ...[
      '2025-02-30',
      '13/13/2025',
      'XX/XX/2015',
      '1/2/3/2025',
      'June 31, 2024',
      'May 2025',
      '20-00-00',
      '12-34-56',
    ],
    ...[
      '15 U.S.C. 1681',
      '12 CFR 1026.13',
      'Section 609(a)',
      '192.168.10.11',
      'version 1.2.25',
      '24/7',
      '1/2 2025',
    ],
  ])
    t.deepEqual(daysIn(`It is ${text} here.`), [], text);
});

test('the day of a judgment that is cited is none', (t) => {
  t.deepEqual(
    daysIn('See Miller v. Union Corp., No. 95-6445 ( C.D.Cal. Nov. 14, 1995 ), which says so.'),
    [],
  );
});

test('a day of birth is withheld', (t) => {
  for (const text of [
    'DOB: 03/14/1980',
    'born on March 14, 1980',
    'date of birth is 14.3.1980',
    'geboren am 14. März 1980',
    'né le 14 mars 1980',
    'Fecha de nacimiento: 14/03/1980',
  ])
    t.deepEqual(daysIn(`I am Anna. ${text}. Help.`), [], text);
});

test('a day that is set as a limit is no day on which something was', (t) => {
  for (const text of [
    'answer by March 14, 2025',
    'no later than 3/14/2025',
    'due on 2025-03-14',
    'before the 14th of March 2025',
    'Deadline: 03/14/2025',
    'bis zum 14. März 2025',
    'avant le 14 mars 2025',
    'antes del 14 de marzo de 2025',
  ])
    t.deepEqual(
      daysIn(`Please, ${text}, thanks.`).map(([name]) => name),
      ['deadline'],
      text,
    );
  t.is(daysIn('It came by mail. 3/14/2025 it was.')[0]?.[0], 'date');
});

test('the day that a letter bears is no day that it writes about', (t) => {
  t.is(daysIn('Anna Example\nBoston\n\nMarch 3, 2025\n\nDear Sirs, hello')[0]?.[0], 'written');
  t.is(daysIn('Date: 3/14/2025\nDear Sirs, hello')[0]?.[0], 'written');
  t.is(daysIn('Dear Sirs, I was charged on\n3/14/2025 and again.')[0]?.[0], 'date');
});
