import test from 'ava';
import {temporaryFolder} from '../dip-process.ts';
import {survivesChaos} from './chaos.ts';
import {hold, trialOf} from './verdict.ts';

test('a network that doubles, loses and reorders, and a change of mind midway, break no promise', async (t) => {
  t.timeout(180_000);
  const trial = trialOf(t, await temporaryFolder());

  hold(t, await survivesChaos({documents: 30, changesOfMind: 1, seed: 11}, trial));
});
