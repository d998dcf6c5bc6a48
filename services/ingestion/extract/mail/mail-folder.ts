import {isField} from './head.ts';

/** A line that begins a mail in a folder of them: who sent it, and when. */
const separator = /^From \S+ .{0,60}\d\d:\d\d/;

/**
 * The mails in a file that holds a folder of them (mbox, RFC 4155), views on it; any other file is one mail. A line of a
 * letter may begin like the line between two mails, but then no header follows.
 */
export function mailsIn(bytes: Buffer): [Buffer, ...Buffer[]] {
  if (!separator.test(bytes.toString('latin1', 0, longestLine))) return [bytes];
  const starts = [0];
  for (
    let at = bytes.indexOf('\nFrom ', 0, 'latin1');
    at !== -1;
    at = bytes.indexOf('\nFrom ', at + 1, 'latin1')
  ) {
    const lines = bytes.toString('latin1', at + 1, at + longestLine).split('\n', 2);
    const isAfterEmpty = /\n\r?$/.test(bytes.toString('latin1', Math.max(at - 2, 0), at));
    if (!isAfterEmpty || !separator.test(lines[0] ?? '') || !isField(lines[1] ?? '')) continue;
    starts.push(at + 1);
  }
  const [, second] = starts;
  return [
    bytes.subarray(0, second),
    ...starts.slice(1).map((start, index) => bytes.subarray(start, starts[index + 2])),
  ];
}

const longestLine = 400;
