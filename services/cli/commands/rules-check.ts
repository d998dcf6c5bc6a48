import {command} from '../command.ts';
import {exit} from '../failure.ts';
import {oneLine} from '../output/cell.ts';

/** What is used of `services/routing/rules.ts`, which is loaded by its name as services are. */
interface RoutingRules {
  checkRules(
    yamlText: string,
    filename: string,
  ): {readonly rules: readonly unknown[]; readonly faults: readonly string[]};
}

export default command({
  name: 'rules check',
  summary: 'Check the rules of a file as routing does at its start',
  usage: 'FILE',
  operands: [1, 1],
  details: `Prints each fault as FILE:LINE: the rule, and what was expected and what it was. Checked are names, values, times
and conditions, that the categories and templates which a rule names are there, and that every document finds a rule.
- is stdin.

Exit codes: 0 no fault · 1 some, or the file can not be read · 2 usage.`,
  options: {},
  examples: [
    ['dip rules check services/routing/rules.yaml', 'Before a change of the rules goes out'],
    ['git show HEAD:services/routing/rules.yaml | dip rules check -', 'Rules that another program prints'],
  ],
  async run({operands: [file = ''], terminal}) {
    const {textOf} = await import('../events/wishes.ts');
    const yamlText = await textOf(file, terminal);
    const {href} = new URL('../../routing/rules.ts', import.meta.url);
    const {checkRules}: RoutingRules = await import(href);
    const where = file === '-' ? 'stdin' : file;
    const {rules, faults} = checkRules(yamlText, where);
    if (faults.length === 0) {
      terminal.note(`${where}: ${rules.length} rules, no fault.`);
      return exit.ok;
    }
    terminal.print(faults.map(oneLine).join('\n'));
    terminal.note(
      faults.length === 1
        ? '1 fault: routing would not start.'
        : `${faults.length} faults: routing would not start.`,
    );
    return exit.error;
  },
});
