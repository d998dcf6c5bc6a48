import {misused} from '../failure.ts';

const hourMs = 3_600_000;
const unitMs: Readonly<Record<string, number>> = {h: hourMs, d: 24 * hourMs, w: 168 * hourMs};

/**
 * When something ends that lasts as long as `12h`, `90d` or `4w` from now.
 *
 * @throws Failure (usage) anything else, or more than ten years
 */
export function expiry(text: string, now: Date): Date {
  const match = /^(\d{1,6})([hdw])$/.exec(text);
  const ms = Number(match?.[1]) * (unitMs[match?.[2] ?? ''] ?? Number.NaN);
  if (ms >= hourMs && ms <= 3_660 * 24 * hourMs) return new Date(now.getTime() + ms);
  throw misused(`\`--expires\` is a time from 1h to ten years, such as 12h, 90d or 4w, got \`${text}\`.`);
}
