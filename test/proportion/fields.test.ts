/** To find the fields of a text costs no more than in proportion to its size. */
import test from 'ava';
import {findFields} from '../../services/response/fields.ts';
import {growth} from './cost.ts';

const units = [
  ...[
    '1',
    '1,',
    "1'111",
    '1 111 ',
    '$1',
    '$1 1',
    'a@',
    'a.',
    '+1',
    '(555) ',
    '1-',
    'DE89 ',
    'account ',
    '4417 ',
  ],
  ...[
    'account number ',
    'account 1-',
    'account (',
    'Jan ',
    'Jan. ',
    '12/',
    '12.12.',
    '2025-',
    ' ',
    '\n',
    'born ',
  ],
  ...[
    'born on the on ',
    'dob: ',
    'ssn ',
    'ssn number ',
    '123-45-',
    '§',
    'section ',
    '15 U.S.C. ',
    '12 CFR ',
    'by the ',
  ],
  ...[
    'ending in ',
    '****',
    '1 of ',
    'número de ',
    '€',
    '1 €',
    '1 million ',
    '123-45-6789 ',
    'by 3/14/2025\n',
    '$5 ',
  ],
];

for (const unit of units)
  test.serial(
    `twice of it costs twice as much: the fields of a text of ${JSON.stringify(unit)}`,
    async (t) => {
      const make = (size: number) => unit.repeat(size / unit.length);
      // No more than the first 100,000 characters are looked at.
      const times = await growth(50_000, make, (text) => findFields(text));

      t.log(`${times.toFixed(2)} times`);
      t.true(times <= 2.6, `${times.toFixed(2)} times the time for twice the size`);
    },
  );
