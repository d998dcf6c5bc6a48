/** Inputs on which systems that read documents failed, which lie outside of this project. */
import {existsSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {type Extraction, extractor} from '../../../services/ingestion/extract/extract.ts';
import {skip} from '../../skip.ts';

const folder = fileURLToPath(new URL('../../../../shared/field/documents/', import.meta.url));

interface Expected {
  /** `ingested`, or `rejected: <reason>`. */
  readonly outcome: string;
  readonly phrase: string;
  readonly absent: string;
  /** Undefined where the list does not say. */
  readonly attachments: number | undefined;
}

test('what other systems stumbled over is read as their users would', async (t) => {
  if (!existsSync(folder)) return void skip(t, `${folder} is not there`);
  t.timeout(120_000);
  const reader = extractor();
  t.teardown(() => reader.close());
  const wrong = new Map<string, string>();

  for (const [file, expected] of rows()) {
    const bytes = readFileSync(folder + file);
    const fault = faultOf(await reader.extract(bytes, {filename: file, contentType: null}), expected);
    if (fault !== undefined) wrong.set(file, fault);
  }

  t.deepEqual([...wrong], []);
});

function rows(): [file: string, expected: Expected][] {
  const [, ...lines] = readFileSync(`${folder}MANIFEST.tsv`, 'utf8').trimEnd().split('\n');
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
function faultOf(found: Extraction, {outcome, phrase, absent, attachments}: Expected): string | undefined {
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
