/**
 * Fetches and builds what tests use besides npm's packages, once for a machine, so that no test waits minutes for it:
 * kubectl and helm, an S3 server, PgBouncer, Knative's own broker. What can't be had is said, and the tests say it again.
 */
import {existsSync} from 'node:fs';
import {builtKnative, knativeSource} from './cluster/knative.ts';
import {tools} from './cluster/tools.ts';
import {fetchPgBouncer} from './state/pgbouncer-program.ts';
import {versitygw} from './state/versitygw.ts';

const byHand = {timeout: () => {}, falsy: () => true};
const begin = performance.now();
const say = (what: string) => console.log(`${((performance.now() - begin) / 1000).toFixed(1)} s  ${what}`);

if (await tools(byHand)) say('kubectl and helm are there');
await versitygw().then(
  () => say('an S3 server is there'),
  (error: unknown) => say(`no S3 server: ${error instanceof Error ? error.message : error}`),
);
await fetchPgBouncer().then(
  () => say('PgBouncer is there'),
  (error: unknown) => say(`no PgBouncer: ${error instanceof Error ? error.message : error}`),
);
if (!existsSync(knativeSource)) say(`no Knative, as its source is not at ${knativeSource}`);
else if (await builtKnative(byHand)) say('Knative is there');
