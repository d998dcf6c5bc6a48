import test from 'ava';
import {temporaryFolder} from '../dip-process.ts';
import {takesBurst} from './burst.ts';
import {hold, trialOf} from './verdict.ts';

test('many documents at once are all taken, though nothing runs yet', async (t) => {
  t.timeout(180_000);
  const trial = trialOf(t, await temporaryFolder());

  hold(t, await takesBurst({documents: 60, seed: 3}, trial));
});
