/**
 * The wait before a retry, in milliseconds. No jitter and no cap, as Knative has none.
 *
 * KafkaChannel and class Kafka count from 1 (exponential: 2d, 4d, 8d …; linear: d, 2d, 3d …); the in-memory channel
 * counts from 0 (exponential: d, 2d, 4d …; linear: 0, d, 2d …), as their dispatchers were seen to do.
 *
 * @param retry the number of the retry, from 1
 */
export function backoffMs(retry: number, {policy, delayMs, countsFrom}: Backoff): number {
  if (delayMs === null) return 0;
  const index = retry - 1 + countsFrom;
  return policy === 'linear' ? delayMs * index : delayMs * 2 ** index;
}

export interface Backoff {
  policy: 'linear' | 'exponential';
  /** Null: retries follow at once. */
  delayMs: number | null;
  countsFrom: 0 | 1;
}
