import {fitting} from './width.ts';

/** Between two lines where each stays, in milliseconds. */
const betweenLinesMs = 10_000;

/** What progress is told on. */
interface Told {
  readonly isTTY?: boolean;
  /** In columns; undefined where it is no terminal. */
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * Tells how far something is. On a terminal each text takes the place of the one before, and an empty one wipes it;
 * elsewhere, such as in the log of a job, it is a line of its own, the first after ten seconds and then one each ten.
 *
 * @param now milliseconds on a clock that only goes forward
 */
export function progressOn(told: Told, now = () => performance.now()): (text: string) => void {
  let last: number | undefined;
  return (text) => {
    if (told.isTTY) {
      told.write(`\r\u001b[K${fitting(text, (told.columns ?? 80) - 1)}`);
      return;
    }
    if (text === '') return;
    last ??= now();
    if (now() - last < betweenLinesMs) return;
    last = now();
    told.write(`${text}\n`);
  };
}
