/** Letters of one to three sentences, by thirteen writers: nothing is learned from any of them. */
import {readFile} from 'node:fs/promises';
import path from 'node:path';

/** A short letter. */
export interface ShortLetter {
  /** In whose manner it is written, such as `trucker`. */
  readonly writer: string;
  /** Null: about something else. */
  readonly category: string | null;
  readonly text: string;
}

/** Of each writer a complaint of each category, and four letters about something else. */
export async function shortLetters(): Promise<ShortLetter[]> {
  const folder = path.join(import.meta.dirname, '../documents/short');
  const files = await Promise.all(
    ['complaints.jsonl', 'others.jsonl'].map((name) => readFile(path.join(folder, name), 'utf8')),
  );
  return files
    .flatMap((lines) => lines.trim().split('\n'))
    .map((line): ShortLetter => ({category: null, ...JSON.parse(line)}));
}
