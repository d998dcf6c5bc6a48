import {setTimeout as wait} from 'node:timers/promises';
import {type Config, ConfigError} from '../config.ts';
import {Outage} from './outage.ts';

/**
 * Opens something at a database server, again while it is away: on a cold start of everything it may come up after
 * us.
 *
 * @throws ConfigError when the server does not let us in: waiting would not change that.
 * @throws Outage when it is still away after `patienceMs`.
 */
export async function untilThere<Result>(open: () => Promise<Result>, patienceMs: number): Promise<Result> {
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

/**
 * How long a start waits for a database server, in milliseconds. On Kubernetes a pod that ends is started again ever more
 * rarely, in the end every five minutes: one that waits is there as soon as the server is back, be it restarted or
 * replaced. What takes longer a pod ends of, so that its Revision says why.
 */
export function patienceOfStart({isOnKubernetes}: Pick<Config, 'isOnKubernetes'>): number {
  return isOnKubernetes ? 120_000 : 15_000;
}
