import type {InspectColor} from 'node:util';
import {exit} from '../failure.ts';
import {cell, oneLine} from '../output/cell.ts';
import type {Format} from '../output/format.ts';
import {printList, type View} from '../output/print.ts';
import type {Terminal} from '../terminal.ts';
import type {NamedFinding, Standing} from './finding.ts';

const colors: Readonly<Record<Standing, InspectColor>> = {
  ok: 'green',
  warn: 'yellow',
  wrong: 'red',
  skipped: 'gray',
};

const findingView: View<NamedFinding> = {
  name: ({check, standing}) => (standing === 'wrong' || standing === 'warn' ? check : undefined),
  columns: [
    {title: 'CHECK', value: ({check}) => cell(check), cut: 'nothing'},
    {title: 'STANDING', value: ({standing}) => standing, color: ({standing}) => colors[standing]},
    {title: 'FINDING', value: ({sentence}) => cell(sentence), whole: () => true},
    {title: 'NEXT', value: ({next}) => cell(next), wide: true},
  ],
};

/**
 * Prints what was found. In a table, what to do stands on stderr below it, so that lines stay short; with `-o wide`
 * in the table itself.
 *
 * @param where what was looked at: `context kind-dip (https://…)`
 * @returns the exit code: 4 where something is wrong
 */
export async function report(
  findings: readonly NamedFinding[],
  where: string,
  {format, terminal}: {readonly format: Format; readonly terminal: Terminal},
): Promise<number> {
  await printList(findings, format, findingView, terminal);
  const bad = findings.filter(({standing}) => standing === 'wrong' || standing === 'warn');
  if (format === 'table') {
    const steps = new Set(bad.flatMap(({check, next}) => (next === undefined ? [] : `${check}: ${next}`)));
    for (const step of steps) terminal.note(`  ${oneLine(step)}`);
  }
  const count = (standing: Standing) => findings.filter((one) => one.standing === standing).length;
  const warnings = count('warn') === 1 ? '1 warning' : `${count('warn')} warnings`;
  const counts = `${count('wrong')} wrong, ${warnings}, ${count('ok')} ok, ${count('skipped')} skipped`;
  terminal.note(`${counts} at ${where}.`);
  return count('wrong') > 0 ? exit.checkFailed : exit.ok;
}
