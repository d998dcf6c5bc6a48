import {isUtf8} from 'node:buffer';
import {isShifted} from './seven-bit.ts';
import {unicodeOf} from './unicode.ts';

/** How many bytes tell what a document is. */
const sampleBytes = 64 * 1024;

/**
 * The beginning of what may be text, to look for signs in; null when it is none. Letters that are not ASCII
 * may be wrong in it.
 */
export function textHead(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, sampleBytes);
  const head = new TextDecoder(unicodeOf(sample) ?? 'latin1').decode(sample);
  // Binary formats have control characters all over; a text may have a few that went astray.
  const most = Math.max(head.length < 100 ? 0 : 2, head.length / 200);
  const controls = head.match(/(?![\t-\r])\p{Cc}/gu) ?? [];
  const shifts = isShifted(sample) ? new Set(['\u000e', '\u000f', '\u001b']) : new Set(['\u001b']);
  const strange = controls.filter(
    (control) => control < ' ' && control !== '\0' && !shifts.has(control),
  ).length;
  // Records of a fixed length are filled up with zeros, and strings of some programs end with one.
  const zeros = controls.filter((control) => control === '\0').length;
  return strange > most || (zeros > most && !(strange === 0 && isUtf8(sample))) ? null : head;
}
