/** What each file of settings is checked by: the code of the service that reads it, loaded by its name as services are. */

/** What was found in a file. */
export interface Checked {
  /** How much of what, in words, such as `15 rules`. */
  readonly has: string;
  /** A line each: file, line and a sentence. */
  readonly faults: readonly string[];
}

type Check = (text: string, filename: string) => Promise<Checked>;

const counted = (list: readonly unknown[], one: string) =>
  `${list.length} ${one}${list.length === 1 ? '' : 's'}`;

async function load<Module>(file: string): Promise<Module> {
  const {href} = new URL(`../../${file}`, import.meta.url);
  return import(href);
}

interface RoutingRules {
  checkRules(text: string, filename: string): {rules: readonly unknown[]; faults: readonly string[]};
}

/** The rules of routing. */
export const checkRules: Check = async (text, filename) => {
  const {rules, faults} = (await load<RoutingRules>('routing/rules.ts')).checkRules(text, filename);
  return {has: counted(rules, 'rule'), faults};
};

interface Signals {
  checkSignals(text: string, filename: string): {signals: readonly unknown[]; faults: readonly string[]};
}

const checkSignals: Check = async (text, filename) => {
  const reading = await load<Signals>('classification/signals/read-signals.ts');
  const {signals, faults} = reading.checkSignals(text, filename);
  return {has: counted(signals, 'signal'), faults};
};

interface Organizations {
  checkOrganization(
    text: string,
    filename: string,
  ): {name: string | ReadonlyMap<string, string>; addresses: readonly unknown[]; faults: readonly string[]};
}

const checkOrganization: Check = async (text, filename) => {
  const reading = await load<Organizations>('settings/organization.ts');
  const {name, addresses, faults} = reading.checkOrganization(text, filename);
  const hasName = typeof name === 'string' || name.size > 0;
  const counted = `${addresses.length} address${addresses.length === 1 ? '' : 'es'}`;
  return {has: hasName ? `a name and ${counted}` : counted, faults};
};

interface Letters {
  checkLetter(text: string, filename: string, names: readonly string[]): string[];
}

const checkLetter: Check = async (text, filename) => {
  const reading = await load<Letters>('response/templates.ts');
  const {templates} = await import('#events');
  return {has: '1 letter', faults: reading.checkLetter(text, filename, templates)};
};

const checks: ReadonlyMap<string, Check> = new Map([
  ['rules.yaml', checkRules],
  ['signals.yaml', checkSignals],
  ['organization.yaml', checkOrganization],
]);

/** What a file of a folder of settings is checked by; undefined: no service reads a file of that name. */
export function checkOf(filename: string): Check | undefined {
  return filename.endsWith('.liquid') ? checkLetter : checks.get(filename);
}

/** What files of a folder of settings can be called, in words. */
export const filenames = `${[...checks.keys()].join(', ')} and letters (NAME.liquid)`;
