import test from 'ava';
import {temporaryFolder} from '../dip-process.ts';
import {withPostgres} from '../state/databases.ts';
import {survivesKilledDoors} from './decisions.ts';
import {hold, trialOf} from './verdict.ts';

for (const state of withPostgres() ? (['files', 'servers'] as const) : (['files'] as const)) {
  test(`no decision is without its fact, nor a fact without its decision, when doors are killed: state in ${state}`, async (t) => {
    t.timeout(180_000);
    const trial = trialOf(t, await temporaryFolder());

    hold(t, await survivesKilledDoors({kills: 8, seed: 7, state}, trial));
  });
}
