import {stat} from 'node:fs/promises';
import {command} from '../command.ts';
import {exit} from '../failure.ts';
import {oneLine} from '../output/cell.ts';
import type {Terminal} from '../terminal.ts';

export default command({
  name: 'rules check',
  summary: 'Check rules, or a folder of settings, as services do at their start',
  usage: 'FILE|FOLDER',
  operands: [1, 1],
  details: `Prints each fault as FILE:LINE: the rule, and what was expected and what it was. Checked are names, values, times
and conditions, that the categories, signals and templates which a rule names are there, and that every document finds
a rule. Of a folder of settings (DIP_SETTINGS_DIR) every file is checked: rules.yaml, signals.yaml,
organization.yaml, letters and models; with a model of categories rules may name these, and no others. - is stdin.
A phrase that is likely to be read otherwise than it was meant is a warning, and no fault.

Exit codes: 0 no fault · 1 some, or the file can not be read · 2 usage.`,
  options: {},
  examples: [
    ['dip rules check services/routing/rules.yaml', 'Before a change of the rules goes out'],
    ['dip rules check settings', 'All files of a folder of settings'],
    ['git show HEAD:services/routing/rules.yaml | dip rules check -', 'Rules that another program prints'],
  ],
  async run({operands: [file = ''], terminal}) {
    const isFolder = await stat(file).then(
      (found) => found.isDirectory(),
      () => false,
    );
    const found = isFolder ? await checkedFolder(file) : await checkedFile(file, terminal);
    for (const warning of [...found.values()].flatMap(({warnings = []}) => warnings))
      terminal.note(`Warning: ${oneLine(warning)}`);
    const faults = [...found.values()].flatMap((each) => each.faults);
    if (faults.length === 0) {
      for (const [where, {has}] of found) terminal.note(`${where}: ${has}, no fault.`);
      if (found.size === 0) terminal.note(`${file} is empty: what ships with DIP holds.`);
      return exit.ok;
    }
    terminal.print(faults.map(oneLine).join('\n'));
    const counted = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
    terminal.note(`${counted}: ${isFolder ? 'services' : 'routing'} would not start.`);
    return exit.error;
  },
});

async function checkedFolder(folder: string) {
  return (await import('../settings/check-folder.ts')).checkFolder(folder);
}

async function checkedFile(file: string, terminal: Terminal) {
  const {textOf} = await import('../events/wishes.ts');
  const text = await textOf(file, terminal);
  const {checkRules} = await import('../settings/checks.ts');
  const {shippedVocabulary: vocabulary} = await import('#settings');
  const name = file === '-' ? 'stdin' : file;
  return new Map([[name, await checkRules({name, text: async () => text, vocabulary})]]);
}
