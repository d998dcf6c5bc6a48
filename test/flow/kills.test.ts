import test from 'ava';
import {temporaryFolder} from '../dip-process.ts';
import {survivesKills} from './kills.ts';
import {hold, trialOf} from './verdict.ts';

test('nothing is lost and nothing doubled when DIP and its services are killed', async (t) => {
  t.timeout(180_000);
  const trial = trialOf(t, await temporaryFolder());

  hold(t, await survivesKills({documents: 40, kills: 1, serviceKills: 2, seed: 7}, trial));
});
