import {setTimeout as wait} from 'node:timers/promises';
import {messageOf} from './errors.ts';
import type {Log} from './log.ts';

/** As things grow old while a process runs, and most processes do not run that long. */
const everyMs = 3_600_000;

/** Until what failed is tried again: mostly a database that is away. */
const againMs = 60_000;

/**
 * Looks after what a service keeps, from now on and every hour, beside its work: a start does not wait for it, and where
 * it fails nothing is lost but time. The result ends it.
 *
 * @param failed what is said where it fails, such as `Old replies are not forgotten`
 */
export function beginUpkeep(
  run: (signal: AbortSignal) => Promise<void>,
  {log, failed}: {log: Log; failed: string},
): () => Promise<void> {
  const end = new AbortController();
  const {signal} = end;
  const attempt = () =>
    run(signal).then(
      () => everyMs,
      (error: unknown) => {
        log('warn', `${failed}: ${messageOf(error)}`);
        return againMs;
      },
    );
  const keepOn = async () => {
    while (!signal.aborted) await wait(await attempt(), undefined, {ref: false, signal}).catch(() => {});
  };
  const running = keepOn();
  return () => {
    end.abort();
    return running;
  };
}
