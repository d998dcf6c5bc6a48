/** Helm itself, on this project's chart. */
import {spawn} from 'node:child_process';
import test, {type ExecutionContext} from 'ava';
import {chart, type Objects, objectsIn} from './objects.ts';

/** Runs Helm with these words and waits for what it says. */
export type Helm = (...words: readonly string[]) => Promise<Said>;

export interface Said {
  readonly code: number | null;
  readonly output: string;
  /** What it says on stderr, without the note about each link that it follows. */
  readonly complaint: string;
}

/** A test that needs Helm. Where Helm can't be had it is skipped, loudly. */
export function testWithHelm(title: string, body: (t: ExecutionContext, helm: Helm) => Promise<void>): void {
  // One after the other: each is a process, and dozens at once would only wait for each other.
  test.serial(title, async (t) => {
    const helm: Helm = (...words) => run('helm', words);
    try {
      await helm('version');
    } catch (error) {
      console.error(`SKIPPED: helm can't be run: ${error}`);
      t.falsy(process.env['CI'], String(error));
      return;
    }
    await body(t, helm);
  });
}

/** What the chart makes of values that are set by these words, in the namespace and release of the plain files. */
export async function rendered(helm: Helm, ...words: readonly string[]): Promise<Objects> {
  const {code, output, complaint} = await helm(
    'template',
    'dip',
    chart,
    '--namespace',
    'dip',
    '--no-hooks',
    ...words,
  );
  if (code !== 0) throw new Error(complaint);
  return objectsIn(output);
}

function run(program: string, words: readonly string[]): Promise<Said> {
  const child = spawn(program, words, {stdio: ['ignore', 'pipe', 'pipe']});
  const said = {output: '', complaint: ''};
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.complaint += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const complaint = said.complaint.replace(/^.*found symbolic link in path.*\n/gm, '');
      resolve({...said, complaint, code});
    });
  });
}
