/** Longer than any broker keeps an event and could deliver it again: DIP's own keep it 7 days. */
const keptDays = 30;

/** Before this, what was replied or said is forgotten: what comes again from then is not known to be the same. */
export function oldestKept(now: Date): string {
  return new Date(now.getTime() - keptDays * 86_400_000).toISOString();
}
