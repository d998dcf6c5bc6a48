import type {Gauge} from '#kit';
import type {LetterTables} from './tables.ts';

/** How many dead letters there are, however they came: it only grows, and should not. */
export const lettersKept: Gauge<LetterTables> = {
  name: 'dip.dead_letters.kept',
  unit: '{letter}',
  description: 'Number of events that a trigger gave up and that are kept.',
  async read({database}) {
    const {count} = await database
      .selectFrom('letters')
      .select(({fn}) => fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  },
};
