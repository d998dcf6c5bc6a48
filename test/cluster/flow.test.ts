import test from 'ava';
import {temporaryFolder} from '../dip-process.ts';
import {hold, trialOf} from '../flow/verdict.ts';
import {s3} from '../state/stores.ts';
import {startKnative} from './knative.ts';
import {survivesCluster} from './trial.ts';

test('behind Knative’s own broker nothing is lost when services, PostgreSQL and S3 crash', async (t) => {
  // The trial starts a server of its own; this says where there can be none.
  if ((await s3(t)) === undefined) return;
  const options = {documents: 40, serviceKills: 3, outages: 1, outageMs: 3_000, seed: 11};

  const verdict = await survivesCluster(options, trialOf(t, await temporaryFolder()), (services) =>
    startKnative(t, services),
  );

  if (verdict !== undefined) hold(t, verdict);
});
