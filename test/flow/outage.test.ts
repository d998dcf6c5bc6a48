import test from 'ava';
import {temporaryFolder} from '../dip-process.ts';
import {skip} from '../skip.ts';
import {isPostgresThere} from '../state/postgres-programs.ts';
import {versitygw} from '../state/versitygw.ts';
import {survivesOutages} from './outage.ts';
import {hold, trialOf} from './verdict.ts';

test('nothing is lost and all documents end when the database and the store go away', async (t) => {
  t.timeout(480_000);
  const reason = isPostgresThere()
    ? await versitygw().then(() => undefined, String)
    : 'there is no PostgreSQL for this machine';
  if (reason !== undefined) return skip(t, `outages are not tried: ${reason}`);
  const trial = trialOf(t, await temporaryFolder());

  hold(t, await survivesOutages({documents: 40, outageSeconds: 4, seed: 11}, trial));
});
