/** Has services written as README says, each in a copy of the project, and runs all of its tests: `npm run newcomer`. */
import {chmod, mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {runProgram} from '../cluster/run-program.ts';
import {others} from './newcomers.ts';
import {newcomerOfReadme} from './readme.ts';
import type {Newcomer} from './settle.ts';
import {walk} from './walk.ts';

const newcomers: ReadonlyMap<string, Newcomer> = new Map(
  [newcomerOfReadme(), ...others].map((newcomer) => [newcomer.name, newcomer]),
);

const help = `Writes a service by the steps of README, in a copy of the project, and runs \`npm test\` there: minutes for each.

  npm run newcomer -- [name …]

Services (all, where none is named)
  page-counter   README's own, to the letter
  second-look    hears document.classified and says a fact of its own
  alarm-bell     hears deadletter.kept, from the other Broker, and answers nothing
  fact-counter   hears every event
  proof-reader   hears response.generated and reads the draft
  shelf-space    is written in Python

Exit codes: 0 all tests of all passed · 1 some did not, and the copy stays to be looked at · 2 usage
`;

try {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {help: {type: 'boolean', short: 'h', default: false}},
  });
  const unknown = positionals.find((name) => !newcomers.has(name));
  if (values.help) process.stdout.write(help);
  else if (unknown !== undefined)
    throw new Error(`There is no ${JSON.stringify(unknown)}: expected ${[...newcomers.keys()].join(', ')}.`);
  else
    process.exitCode = (await allPass(positionals.length > 0 ? positionals : [...newcomers.keys()])) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}

async function allPass(names: readonly string[]): Promise<boolean> {
  let isWell = true;
  for (const name of names) {
    const newcomer = newcomers.get(name);
    if (newcomer !== undefined && !(await passes(newcomer))) isWell = false;
  }
  return isWell;
}

async function passes(newcomer: Newcomer): Promise<boolean> {
  const above = await mkdtemp(path.join(tmpdir(), 'dip-newcomer-'));
  // What is built is tried as another user, who has to reach it.
  await chmod(above, 0o755);
  const folder = path.join(above, 'project');
  const begin = performance.now();
  const say = (sentence: string) => {
    const seconds = ((performance.now() - begin) / 1000).toFixed(0).padStart(5);
    process.stdout.write(`${seconds} s  ${newcomer.name}  ${sentence}\n`);
  };
  const log = path.join(above, 'npm-test.log');
  try {
    await walk(folder, [newcomer]);
    say(`is written, generated and formatted; what \`npm test\` says is in ${log}`);
    const {code} = await runProgram('sh', ['-c', 'exec npm test >"$0" 2>&1', log], {cwd: folder});
    const said = await readFile(log, 'utf8');
    if (code !== 0) throw new Error(said.match(/^.*(✘|error TS|━━).*$/gm)?.join('\n') ?? said.slice(-2000));
    say(`is well: ${/\d+ tests? passed/.exec(said)?.[0] ?? 'no test was counted'}`);
    await rm(above, {recursive: true});
    return true;
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : error}\n`);
    say(`FAILED; the copy is in ${folder}`);
    return false;
  }
}
