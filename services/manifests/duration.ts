const millisecondsPer = {
  years: 365.2425 * 86_400_000,
  months: 30.436875 * 86_400_000,
  weeks: 7 * 86_400_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
};

const part = (name: string, mark: string) => `(?:(?<${name}>\\d+(?:[.,]\\d*)?|[.,]\\d+)${mark})?`;
const date = part('years', 'Y') + part('months', 'M') + part('weeks', 'W') + part('days', 'D');
const time = part('hours', 'H') + part('minutes', 'M') + part('seconds', 'S');
const iso8601 = new RegExp(`^(?<sign>[-+]?)P${date}(?:T${time})?$`);

/**
 * An ISO 8601 duration such as `PT0.5S` in milliseconds, negative where it is; undefined where it is none.
 *
 * As Knative reads it (rickb777/date): each number counts to a tenth and not further, so `PT0.25S` is 200 ms; years
 * and months are the mean of the Gregorian calendar.
 */
export function durationMs(text: string): number | undefined {
  if (text === 'P0') return 0;
  const {sign, ...parts} = iso8601.exec(text)?.groups ?? {};
  let milliseconds: number | undefined;
  for (const [name, factor] of Object.entries(millisecondsPer)) {
    const digits = parts[name];
    if (digits !== undefined) milliseconds = (milliseconds ?? 0) + tenths(digits) * (factor / 10);
  }
  return milliseconds === undefined ? undefined : Math.round(milliseconds) * (sign === '-' ? -1 : 1);
}

function tenths(digits: string): number {
  const [whole = '', fraction = ''] = digits.split(/[.,]/);
  return Number(whole) * 10 + Number(fraction.slice(0, 1));
}
