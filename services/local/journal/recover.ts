import {stat} from 'node:fs/promises';
import type {JournalRecord} from './record.ts';
import {type Harm, listSegments, type Place, type Scanned, scanSegment, segmentFile} from './segment.ts';
import {SegmentWriter} from './segment-writer.ts';
import type {Segments} from './segments.ts';

/** Shown each record, oldest first; its bytes are lent for the time of the call. */
export type Visit = (record: JournalRecord, place: Place) => void;

/** What an earlier run left. */
export interface Recovered {
  writer: SegmentWriter;
  nextOffset: number;
  /** What could not be read, in sentences for a person. */
  losses: readonly string[];
}

/**
 * Reads a journal and gets it ready to be gone on with.
 *
 * A torn end, as a crash in the midst of a write leaves it, was acknowledged to nobody: it is cut off. Bytes that
 * can't be read in front of others that can are harm: they are skipped, what lies behind them counts, and the loss
 * is said.
 */
export async function recover(
  folder: string,
  segments: Segments,
  visit: Visit,
  now: number,
): Promise<Recovered> {
  const numbers = await listSegments(folder);
  const losses: string[] = [];
  const count = new Count();
  let writer: SegmentWriter | undefined;
  for (const segment of numbers) {
    const gaps = count.gaps.length;
    const scanned = await scanSegment(folder, segment, (record, place) => {
      count.saw(record);
      if (record.kind === 'event') segments.accepted(segment, record.acceptedAt);
      visit(record, place);
    });
    segments.grow(segment, scanned.wholeBytes);
    const isLast = segment === numbers.at(-1);
    const harms = isLast ? scanned.harms : [...scanned.harms, ...tornOff(scanned)];
    const missing = count.gaps.slice(gaps);
    if (harms.length > 0 || missing.length > 0)
      losses.push(loss(segmentFile(folder, segment), harms, missing));
    if (isLast && scanned.wholeBytes > 0)
      writer = await SegmentWriter.reopen(folder, segment, scanned.wholeBytes);
  }
  const nextOffset = count.next ?? 0;
  writer ??= await begin(folder, segments, numbers.at(-1) ?? 0, {offset: nextOffset, at: now});
  return {writer, nextOffset, losses};
}

async function begin(
  folder: string,
  segments: Segments,
  segment: number,
  head: {offset: number; at: number},
): Promise<SegmentWriter> {
  const writer = await SegmentWriter.create(folder, segment, head);
  segments.grow(segment, (await stat(segmentFile(folder, segment))).size);
  return writer;
}

/** Counts the events, and finds the numbers that are missing. */
class Count {
  next: number | undefined;
  readonly gaps: string[] = [];

  saw({kind, offset}: JournalRecord): void {
    if (kind !== 'event' && kind !== 'segment') return;
    const expected = this.next ?? offset;
    if (offset > expected)
      this.gaps.push(offset - expected === 1 ? `${expected}` : `${expected} to ${offset - 1}`);
    this.next = kind === 'event' ? offset + 1 : Math.max(offset, expected);
  }
}

/** A segment that others follow was flushed to its end: there, a torn end is harm too. */
function tornOff({wholeBytes, fileBytes}: Scanned): Harm[] {
  return wholeBytes < fileBytes ? [{from: wholeBytes, to: fileBytes}] : [];
}

function loss(file: string, harms: readonly Harm[], missing: readonly string[]): string {
  const bytes = harms.map(({from, to}) => `${from} to ${to - 1}`).join(', ');
  const where = bytes === '' ? 'The journal has a gap before' : `Bytes ${bytes} can't be read in`;
  const what =
    missing.length === 0
      ? 'No event is lost, but some may be delivered again'
      : `Lost: event ${missing.join(', event ')}`;
  return `${where} ${file}. ${what}; all that follows is there.`;
}
