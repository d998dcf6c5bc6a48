/** Inputs on which systems that read documents failed, which lie outside of this project, and what is right for each. */
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import type {Extraction} from '../../../services/ingestion/extract/extract.ts';

export const fieldFolder = fileURLToPath(new URL('../../../../shared/field/documents/', import.meta.url));

/** What reading a document should end in. */
export interface Expected {
  /** `ingested`, or `rejected: <reason>`. */
  readonly outcome: string;
  readonly phrase: string;
  readonly absent: string;
  /** Undefined where the list does not say. */
  readonly attachments: number | undefined;
}

/** Each of them by its file. */
export function fieldRows(): [file: string, expected: Expected][] {
  const [, ...lines] = readFileSync(`${fieldFolder}MANIFEST.tsv`, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const [file = '', expected = '', phrase = '', absent = '', , note = ''] = line.split('\t');
    const attachments = /(\d+) attached document/.exec(note)?.[1];
    return [
      file,
      {
        outcome: expected === 'answered' ? 'ingested' : expected.replace(' ', ': '),
        phrase: unescaped(phrase),
        absent: unescaped(absent),
        attachments: attachments === undefined ? undefined : Number(attachments),
      },
    ];
  });
}

/** What is wrong with a reading; undefined when nothing is. */
export function faultOf(
  found: Extraction,
  {outcome, phrase, absent, attachments}: Expected,
): string | undefined {
  const is = found.outcome === 'ingested' ? 'ingested' : `rejected: ${found.reason}`;
  if (is !== outcome) return `is ${is}, not ${outcome}`;
  if (found.outcome === 'rejected') return undefined;
  if (!found.text.includes(phrase))
    return `lacks ${JSON.stringify(phrase)}: ${JSON.stringify(found.text.slice(0, 300))}`;
  if (absent !== '' && `${found.title}\n${found.text}`.includes(absent))
    return `has ${JSON.stringify(absent)}`;
  if (attachments !== undefined && found.attachments.length !== attachments)
    return `has ${found.attachments.length} documents attached, not ${attachments}`;
  return undefined;
}

/** The list writes line ends and tabs with a backslash. */
function unescaped(phrase: string): string {
  return phrase.replaceAll('\\n', '\n').replaceAll('\\t', '\t');
}
