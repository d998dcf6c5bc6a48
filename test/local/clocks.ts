import type {Clock} from '../../services/local/eventing/clock.ts';

/** A clock on which every wait is over at once, and that remembers how long each would have been. */
export function impatientClock(): Clock & {readonly waits: number[]} {
  const waits: number[] = [];
  let now = Date.now();
  return {
    waits,
    now: () => now,
    after(ms, call) {
      waits.push(ms);
      const timer = setImmediate(() => {
        now += ms;
        call();
      });
      return () => clearImmediate(timer);
    },
  };
}

/** A clock that stands still until it is told to go on. */
export function stoppedClock(): Clock & {goOn(ms: number): void; readonly waits: number} {
  let now = 0;
  let calls: {at: number; call: () => void}[] = [];
  return {
    now: () => now,
    get waits() {
      return calls.length;
    },
    after(ms, call) {
      const waiting = {at: now + ms, call};
      calls.push(waiting);
      return () => {
        calls = calls.filter((each) => each !== waiting);
      };
    },
    goOn(ms) {
      now += ms;
      const due = calls.filter(({at}) => at <= now);
      calls = calls.filter(({at}) => at > now);
      for (const {call} of due) call();
    },
  };
}
