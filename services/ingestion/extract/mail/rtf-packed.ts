import type {Inflated} from '../archive/inflated.ts';

/** What the dictionary begins with (MS-OXRTFCP section 2.1.2.1). */
const beginning =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';
const dictionaryBytes = 4096;
const headBytes = 16;
const packedMark = 'LZFu';
const plainMark = 'MELA';

/**
 * Unpacks RTF as Outlook packs it (MS-OXRTFCP), as far as it is there: a run of eight pieces, each a byte or a reference to
 * some that came before.
 *
 * @param inflated counts what comes out.
 * @throws Unreadable too-large
 */
export function unpackRtf(bytes: Buffer, inflated: Inflated): Buffer {
  const mark = bytes.toString('latin1', 8, 12);
  if (mark === plainMark) return bytes.subarray(headBytes);
  if (mark !== packedMark) return Buffer.alloc(0);
  const dictionary = Buffer.alloc(dictionaryBytes, ' ');
  let end = dictionary.write(beginning, 'latin1');
  const pieces: Buffer[] = [];
  let at = headBytes;
  while (at < bytes.length) {
    const kinds = bytes[at++] ?? 0;
    const run: number[] = [];
    const say = (byte: number) => {
      run.push(byte);
      dictionary[end] = byte;
      end = (end + 1) % dictionaryBytes;
    };
    let isEnd = false;
    for (let bit = 0; bit < 8 && at < bytes.length && !isEnd; bit++) {
      if (((kinds >> bit) & 1) === 0) {
        say(bytes[at++] ?? 0);
        continue;
      }
      const reference = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      at += 2;
      const from = reference >> 4;
      isEnd = from === end;
      for (let index = 0; !isEnd && index < (reference & 0xf) + 2; index++)
        say(dictionary[(from + index) % dictionaryBytes] ?? 0);
    }
    pieces.push(Buffer.from(inflated.count(Uint8Array.from(run))));
    if (isEnd) break;
  }
  return Buffer.concat(pieces);
}
