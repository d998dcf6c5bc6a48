/** Helm itself, on this project's chart. */
import test, {type ExecutionContext} from 'ava';
import {type Ran, runProgram} from '../cluster/run-program.ts';
import {tools} from '../cluster/tools.ts';
import {chart, type Objects, objectsIn} from './objects.ts';

/** Runs Helm with these words and waits for what it says; without its note about each link that it follows. */
export type Helm = (...words: readonly string[]) => Promise<Ran>;

/** A test that needs Helm. Where Helm can't be had it is skipped, loudly. */
export function testWithHelm(title: string, body: (t: ExecutionContext, helm: Helm) => Promise<void>): void {
  // One after the other: each is a process, and dozens at once would only wait for each other.
  test.serial(title, async (t) => {
    const found = await tools(t);
    if (found === undefined) return;
    await body(t, async (...words) => {
      const ran = await runProgram(found.helm, words);
      return {...ran, stderr: ran.stderr.replace(/^.*found symbolic link in path.*\n/gm, '')};
    });
  });
}

/** What the chart makes of values that are set by these words, in the namespace and release of the plain files. */
export async function rendered(helm: Helm, ...words: readonly string[]): Promise<Objects> {
  const {code, stdout, stderr} = await helm(
    'template',
    'dip',
    chart,
    '--namespace',
    'dip',
    '--no-hooks',
    ...words,
  );
  if (code !== 0) throw new Error(stderr);
  return objectsIn(stdout);
}
