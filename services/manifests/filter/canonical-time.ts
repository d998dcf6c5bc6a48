/** What Knative's filters see where an event has no time. */
const zeroTime = '0001-01-01T00:00:00Z';

const rfc3339 = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:\d{2})$/;

/**
 * A timestamp as Knative's filters compare it: in UTC, nine digits of a second at most, no trailing zeros. Text that
 * is no timestamp stays as it is.
 */
export function canonicalTime(time: string): string {
  if (time === '') return zeroTime;
  if (time.length === 20 && time.endsWith('Z')) return time;
  const [, toTheSecond, digits = '', zone = ''] = rfc3339.exec(time) ?? [];
  if (toTheSecond === undefined) return time;
  const second = Date.parse(`${toTheSecond}${zone}`);
  if (Number.isNaN(second)) return time;
  const fraction = digits.slice(0, 9).replace(/0+$/, '');
  return `${new Date(second).toISOString().slice(0, 19)}${fraction && `.${fraction}`}Z`;
}
