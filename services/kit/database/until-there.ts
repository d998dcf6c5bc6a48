import {setTimeout as wait} from 'node:timers/promises';
import {ConfigError} from '../config.ts';
import {Outage} from './outage.ts';

/** How long a start waits for a database server: less than the 20 s after which Kubernetes begins anew. */
const startMs = 15_000;

/**
 * Opens something at a database server, again while it is away: on a cold start of everything it may come up after
 * us.
 *
 * @throws ConfigError when the server does not let us in: waiting would not change that.
 * @throws Outage when it is still away after `patienceMs`. (Default: 15 seconds)
 */
export async function untilThere<Result>(open: () => Promise<Result>, patienceMs = startMs): Promise<Result> {
  const deadline = performance.now() + patienceMs;
  for (let waitMs = 50; ; waitMs = Math.min(2 * waitMs, 1_000)) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof Outage)) throw error;
      if (error.kind === 'refused') throw new ConfigError(error.message, {cause: error});
      if (performance.now() + waitMs > deadline) throw error;
    }
    await wait(waitMs);
  }
}
