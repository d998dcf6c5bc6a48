import {cell} from '../output/cell.ts';
import type {Column} from '../output/print.ts';
import type {Readiness} from './condition.ts';

/** Whether it works, and in one word why not; the controller's sentence only with `-o wide`. */
export function readyColumns<Row extends Readiness>(): Column<Row>[] {
  return [
    {
      title: 'READY',
      value: ({ready}) => (ready === null ? '-' : ready ? 'yes' : 'no'),
      color: ({ready}) => (ready === null ? undefined : ready ? 'green' : 'red'),
    },
    {title: 'REASON', value: ({reason}) => cell(reason)},
    {title: 'MESSAGE', value: ({message}) => cell(message), wide: true},
  ];
}

/** `exponential PT0.5S`. */
export function backoff(policy: string | null, delay: string | null): string {
  return cell([policy, delay].filter((part) => part !== null).join(' '));
}

/** How long ago a time was, in one unit, as kubectl says it: `40s`, `5m`, `7h`, `12d`. */
export function age(time: string | null, now = Date.now()): string {
  const seconds = time === null ? Number.NaN : Math.max(0, Math.floor((now - Date.parse(time)) / 1000));
  if (Number.isNaN(seconds)) return '-';
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 2 * 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}
