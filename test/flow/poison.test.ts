import test from 'ava';
import {temporaryFolder} from '../dip-process.ts';
import {survivesPoison} from './poison.ts';
import {hold, trialOf} from './verdict.ts';

test('an event that nobody can take fails alone, and says why', async (t) => {
  t.timeout(180_000);
  const trial = trialOf(t, await temporaryFolder());

  hold(t, await survivesPoison({documents: 16, seed: 5}, trial));
});
