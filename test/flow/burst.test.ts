import test from 'ava';
import {temporaryFolder} from '../dip-process.ts';
import {takesBurst} from './burst.ts';
import {survivesPoison} from './poison.ts';
import {hold, trialOf} from './verdict.ts';

test.serial('many documents at once are all taken, though nothing runs yet', async (t) => {
  t.timeout(180_000);
  const trial = trialOf(t, await temporaryFolder());

  hold(t, await takesBurst({documents: 80, seed: 3}, trial));
});

test.serial('an event that nobody can take fails alone, and says why', async (t) => {
  t.timeout(180_000);
  const trial = trialOf(t, await temporaryFolder());

  hold(t, await survivesPoison({documents: 10, seed: 5}, trial));
});
