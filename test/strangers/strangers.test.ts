import test from 'ava';
import {temporaryFolder} from '../dip-process.ts';
import {hold, trialOf} from '../flow/verdict.ts';
import {survivesStrangers} from './strangers.ts';

test('beside strangers who send what is meant to harm, letters are answered as ever', async (t) => {
  t.timeout(300_000);
  const trial = trialOf(t, await temporaryFolder());

  hold(t, await survivesStrangers({documents: 12, minutes: 0.2, seed: 4, documentPauseMs: 4_000}, trial));
});
