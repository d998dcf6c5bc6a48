/** Nobody is kept waiting longer: what stands between, such as a proxy, gives up sooner or later. */
const longestWaitSeconds = 60;

/**
 * How many seconds somebody would wait for a finished answer: `Prefer: wait=<seconds>` (RFC 7240 §4.3), 60 at
 * most; undefined when they said nothing of it.
 */
export function preferredWait(prefer: string | readonly string[] | undefined): number | undefined {
  const seconds = /(?:^|[,;\s])wait\s*=\s*(\d+)/i.exec(String(prefer ?? ''))?.[1];
  return seconds === undefined ? undefined : Math.min(Number(seconds), longestWaitSeconds);
}
