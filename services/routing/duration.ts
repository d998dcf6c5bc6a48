const form = /^P(?=[0-9T])(?:(\d{1,3})W|(?:(\d{1,3})D)?(?:T(?=\d)(?:(\d{1,4})H)?(?:(\d{1,6})M)?)?)$/;

/**
 * How many minutes an ISO 8601 duration lasts, such as `P2D`, `PT4H`, `P1DT30M` or `P2W`; undefined for anything
 * else. Years and months have no length of their own, and seconds are no way to promise an answer: both are
 * anything else.
 */
export function minutesOf(duration: string): number | undefined {
  const match = form.exec(duration);
  if (match === null) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return ((weeks * 7 + days) * 24 + hours) * 60 + minutes;
}
