/** Time, passed in: tests run hours of back-off in no time. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back once after some time; the result takes it back. */
  after(ms: number, call: () => void): () => void;
}

/** Timers of Node hold at most this many milliseconds; longer ones would fire at once. */
const longestTimer = 2 ** 31 - 1;

/** The machine's own time. Waiting keeps no process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, Math.min(ms, longestTimer));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
