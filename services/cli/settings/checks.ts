/** What each file of settings is checked by: the code of the service that reads it, loaded by its name as services are. */
import type {Vocabulary} from '#settings';

/** What was found in a file. */
export interface Checked {
  /** How much of what, in words, such as `15 rules`. */
  readonly has: string;
  /** A line each: file, line and a sentence. */
  readonly faults: readonly string[];
  /** What is no fault, and yet likely to be other than its writer thinks; a line each. (Default: nothing) */
  readonly warnings?: readonly string[];
}

/** A file, as its check is given it. */
export interface Checkable {
  /** What faults call it: its path, where it has one. */
  readonly name: string;
  text(): Promise<string>;
  /** What rules and letters may name. */
  readonly vocabulary: Vocabulary;
}

type Check = (file: Checkable) => Promise<Checked>;

const counted = (list: readonly unknown[], one: string) =>
  `${list.length} ${one}${list.length === 1 ? '' : 's'}`;

async function load<Module>(file: string): Promise<Module> {
  const {href} = new URL(`../../${file}`, import.meta.url);
  return import(href);
}

interface RoutingRules {
  checkRules(
    text: string,
    filename: string,
    vocabulary: Vocabulary,
  ): {rules: readonly unknown[]; faults: readonly string[]};
}

/** The rules of routing. */
export const checkRules: Check = async ({name, text, vocabulary}) => {
  const reading = await load<RoutingRules>('routing/rules.ts');
  const {rules, faults} = reading.checkRules(await text(), name, vocabulary);
  return {has: counted(rules, 'rule'), faults};
};

interface Signals {
  checkSignals(
    text: string,
    filename: string,
  ): {signals: readonly unknown[]; faults: readonly string[]; warnings: readonly string[]};
}

const checkSignals: Check = async ({name, text}) => {
  const reading = await load<Signals>('classification/signals/read-signals.ts');
  const {signals, faults, warnings} = reading.checkSignals(await text(), name);
  return {has: counted(signals, 'signal'), faults, warnings};
};

interface Organizations {
  checkOrganization(
    text: string,
    filename: string,
  ): {name: string | ReadonlyMap<string, string>; addresses: readonly unknown[]; faults: readonly string[]};
}

const checkOrganization: Check = async (file) => {
  const reading = await load<Organizations>('settings/organization.ts');
  const {name, addresses, faults} = reading.checkOrganization(await file.text(), file.name);
  const hasName = typeof name === 'string' || name.size > 0;
  const counted = `${addresses.length} address${addresses.length === 1 ? '' : 'es'}`;
  return {has: hasName ? `a name and ${counted}` : counted, faults};
};

interface Letters {
  checkLetter(text: string, filename: string, names: readonly string[]): string[];
}

const checkLetter: Check = async ({name, text, vocabulary: {templates}}) => {
  const reading = await load<Letters>('response/templates.ts');
  return {has: '1 letter', faults: reading.checkLetter(await text(), name, templates)};
};

interface Models {
  readonly posts: readonly {readonly file: string}[];
  checkModel(
    post: unknown,
    file: string,
  ): Promise<{model: {readonly categories: readonly unknown[]} | undefined; faults: readonly string[]}>;
}

const checkModelOf =
  (filename: string): Check =>
  async ({name}) => {
    const {posts, checkModel} = await load<Models>('classification/chosen-model.ts');
    const {model, faults} = await checkModel(
      posts.find(({file}) => file === filename),
      name,
    );
    return {has: `a model of ${model?.categories.length} categories`, faults};
  };

const checks: ReadonlyMap<string, Check> = new Map([
  ['rules.yaml', checkRules],
  ['signals.yaml', checkSignals],
  ['organization.yaml', checkOrganization],
  ['categories.model', checkModelOf('categories.model')],
  ['at-risk.model', checkModelOf('at-risk.model')],
]);

/** What a file of a folder of settings is checked by; undefined: no service reads a file of that name. */
export function checkOf(filename: string): Check | undefined {
  return filename.endsWith('.liquid') ? checkLetter : checks.get(filename.replace(/\.model\.br$/, '.model'));
}

/** What files of a folder of settings can be called, in words. */
export const filenames = `${[...checks.keys()].join(', ')} and letters (NAME.liquid)`;
