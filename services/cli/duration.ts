import {misused} from './failure.ts';

const unitMs: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000};

/**
 * Milliseconds of a duration such as `500ms`, `60s`, `2m` or `1h`; a number alone is seconds.
 *
 * @throws Failure (usage) anything else
 */
export function milliseconds(option: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text);
  const ms = Number(match?.[1]) * (unitMs[match?.[2] ?? 's'] ?? Number.NaN);
  // The longest that a timer can wait: 24.8 days.
  if (!match || ms < 1 || ms > 2 ** 31 - 1) {
    throw misused(`\`${option}\` is a duration such as 500ms, 60s or 2m, got \`${text}\`.`);
  }
  return ms;
}
