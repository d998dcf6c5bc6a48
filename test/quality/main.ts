/** `npm run quality`: how well documents are read, told apart and answered, as a table with a target for each figure. */
import {parseArgs} from 'node:util';
import {classification} from './classification.ts';
import type {Figure} from './figure.ts';
import {machines} from './machines.ts';
import {reading} from './reading.ts';
import {response} from './response.ts';
import {signals} from './signals.ts';

const help = `Measures how well documents are read, told apart and answered.

  npm run quality -- [options] [part …]

Parts (all, where none is named)
  reading         documents on which other systems stumbled
  machines        mails that machines wrote
  signals         letters of people at risk
  classification  what letters are about, and what is about something else
  response        names, and what invoices say

Options
  -o table|json   (default table)
  --help

Some texts are other people's and lie beside the project, in ../shared; what needs them is named as skipped where they
are not there.

Exit code 0: every figure keeps its target. 2: misused. 4: one is missed.
`;

const parts = {reading, machines, signals, classification, response};

function isPart(name: string): name is keyof typeof parts {
  return Object.hasOwn(parts, name);
}

try {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {
      help: {type: 'boolean', short: 'h', default: false},
      output: {type: 'string', short: 'o', default: 'table'},
    },
  });
  const unknown = positionals.find((name) => !isPart(name));
  if (unknown !== undefined)
    throw new Error(`Expected a part of ${Object.keys(parts).join(', ')}, got ${unknown}.`);
  if (values.output !== 'table' && values.output !== 'json')
    throw new Error(`Expected -o table or json, got ${values.output}.`);
  if (values.help) process.stdout.write(help);
  else process.exitCode = await run(positionals.filter(isPart), values.output);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}

async function run(named: readonly (keyof typeof parts)[], output: string): Promise<number> {
  const figures: Figure[] = [];
  for (const name of named.length > 0 ? named : Object.keys(parts).filter(isPart)) {
    process.stderr.write(`${name} …\n`);
    figures.push(...(await parts[name]()));
  }
  process.stdout.write(output === 'json' ? `${JSON.stringify(figures, null, 2)}\n` : table(figures));
  const missed = figures.filter(({isKept}) => isKept === false);
  for (const {what, measured, target} of missed)
    process.stderr.write(`Missed: ${what}, ${measured} (${target})\n`);
  return missed.length > 0 ? 4 : 0;
}

function table(figures: readonly Figure[]): string {
  const rows = figures.map(({what, measured, target, isKept}) => [
    what,
    measured,
    target,
    target === '' ? '' : isKept === undefined ? 'skipped' : isKept ? 'ok' : 'MISSED',
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
