import {setTimeout as wait} from 'node:timers/promises';
import {type CloudEvent, identity} from './cloudevent.ts';
import {messageOf, Reject} from './errors.ts';
import type {Log} from './log.ts';
import type {Publish} from './publish.ts';
import type {Kept, Position, SaidEvents} from './said-events.ts';

/** Hands what front doors say to the broker: at once, and what it did not take then again until it has. */
export interface Telling {
  readonly said: SaidEvents;
  /** Publishes an event that nothing keeps: it is with the broker, or nothing was said. @throws what `Publish` does. */
  hand(event: CloudEvent): Promise<void>;
  /** Publishes an event that is kept, and puts down that the broker has it. @throws what `Publish` does. */
  tell(kept: Kept): Promise<void>;
  /** Ends what is done beside the service's work. */
  end(): Promise<void>;
}

/** Where nothing is untold, somebody else's may be: another process said it and was killed. */
const everyMs = 3_600_000;
/** The waits while the broker is away grow from the first to the last of these. */
const shortestMs = 1_000;
const longestMs = 60_000;

/**
 * Tells again from now on, beside the service's work, what the broker has not confirmed: at the start, with growing
 * waits while it is away, at once when somebody's request shows that it is back, and hourly. Several processes of a
 * service may tell one event at once, which is the same bytes twice. It is told in the order of saying, but what is
 * said meanwhile may be told before it: facts are folded in any order.
 */
export function beginTelling({said, publish, log}: {said: SaidEvents; publish: Publish; log: Log}): Telling {
  const end = new AbortController();
  let pause = new AbortController();
  /** Whether the broker was away when it was last told something that is still untold. */
  let isBehind = false;
  const fallBehind = () => {
    if (isBehind) return;
    isBehind = true;
    pause.abort();
  };
  const confirm = async (kept: Kept) => {
    await said.confirm(kept).catch((error: unknown) => {
      // The broker has it, which is what was promised; it is told once more, with the same bytes.
      log(
        'warn',
        `Event ${identity(kept.event).id} is published, and that is not put down: ${messageOf(error)}`,
      );
      fallBehind();
    });
  };
  const run = async () => {
    let waitMs = shortestMs;
    while (!end.signal.aborted) {
      pause = new AbortController();
      isBehind = false;
      if (await isAway({said, publish, confirm, log, signal: end.signal})) isBehind = true;
      const signal = AbortSignal.any([end.signal, pause.signal]);
      await wait(isBehind ? waitMs : everyMs, undefined, {ref: false, signal}).catch(() => {});
      waitMs = isBehind ? Math.min(waitMs * 2, longestMs) : shortestMs;
    }
  };
  const running = run();
  const hand = async (event: CloudEvent) => {
    await publish(event);
    if (isBehind) pause.abort();
  };
  return {
    said,
    hand,
    async tell(kept) {
      try {
        await hand(kept.event);
      } catch (error) {
        if (!(error instanceof Reject)) fallBehind();
        throw error;
      }
      await confirm(kept);
    },
    end() {
      end.abort();
      return running;
    },
  };
}

interface Again {
  said: SaidEvents;
  publish: Publish;
  confirm: (kept: Kept) => Promise<void>;
  log: Log;
  signal: AbortSignal;
}

/** Tells what is unconfirmed, until all is told or the broker is away. Resolves with whether it is away. */
async function isAway({said, publish, confirm, log, signal}: Again): Promise<boolean> {
  const ended = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), {once: true});
  });
  ended.catch(() => {});
  try {
    let after: Position | undefined;
    for (let found = await said.unconfirmed(after); found.length > 0; found = await said.unconfirmed(after)) {
      for (const {kept, position} of found) {
        after = position;
        // What is under way when the service ends is told again at its next start.
        const isTold = await Promise.race([ended, publish(kept.event).then(() => true, refused(log))]);
        if (isTold) await confirm(kept);
      }
    }
    return false;
  } catch (error) {
    if (!signal.aborted) log('warn', `What was said is kept, and told later: ${messageOf(error)}`);
    return true;
  }
}

/** What the broker refuses keeps nobody else's waiting, and may be taken once the broker is set up otherwise. */
function refused(log: Log): (error: unknown) => false {
  return (error) => {
    if (!(error instanceof Reject)) throw error;
    log('error', `What was said is kept, and the broker does not want it: ${error.message}`);
    return false;
  };
}
