/** To find out who wrote a document costs no more than in proportion to its size. */
import test from 'ava';
import {findSender} from '../../services/response/sender.ts';
import {growth} from './cost.ts';

const units = [
  ...['\nSincerely', '\nRegards\n', 'Sincerely, ', ' ', '\n', 'my name is Aa ', 'My name is ', 'xx ', 'Aa '],
  ...[
    'On aaaa ',
    `\non ${'a '.repeat(150)}`,
    '\nFrom: a',
    '\nFrom: a\n',
    '\n>',
    '\nDear ',
    '\nName:',
    '\nName: Aa\n',
  ],
  ...[
    '\nthank you ',
    'thanks. ',
    ' - ',
    '\n-- \n',
    'Aa wrote ',
    'wrote:',
    'Aa, ',
    '(',
    '"',
    '[a',
    '\u200d',
    '🌸',
    '\t',
  ],
];

for (const unit of units)
  test.serial(
    `twice of it costs twice as much: who wrote a text of ${JSON.stringify(unit.slice(0, 20))}`,
    async (t) => {
      const make = (size: number) => unit.repeat(size / unit.length);
      const times = await growth(500_000, make, (text) =>
        findSender({sender: {name: text, address: text}, text}),
      );

      t.log(`${times.toFixed(2)} times`);
      t.true(times <= 2.6, `${times.toFixed(2)} times the time for twice the size`);
    },
  );
