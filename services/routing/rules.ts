import {createHash} from 'node:crypto';
import {type routingDecided, signals} from '#events';
import type {DataOf} from '#kit';
import {shippedVocabulary, type Vocabulary, YamlFile} from '#settings';
import {type Condition, readCondition} from './condition.ts';
import {dueInMinutesOf, type Fault, faultsOfRule, isWrittenRule} from './rule-shape.ts';

/** One rule: when it matches, and what is then done with a document. */
export interface Rule {
  readonly name: string;
  readonly when: Condition;
  readonly route: Route;
}

/** Who answers, how soon it is taken up and answered, and with which letter. */
export interface Route
  extends Pick<DataOf<typeof routingDecided>, 'queue' | 'priority' | 'handler' | 'template'> {
  /** From the decision to the latest answer: 1 to 527 040 minutes (366 days). */
  readonly dueInMinutes: number;
}

/** Rules in order, of which the first that matches decides. */
export interface Ruleset {
  /** SHA-256 of the file, in hexadecimal. */
  readonly hash: string;
  /** At most 500, with the last. */
  readonly rules: readonly Rule[];
  /** The last rule, which always matches. */
  readonly otherwise: Rule;
}

const mostRules = 500;

/**
 * Reads rules and checks all that can be checked before the first document: names, values, the types within
 * conditions, that there are the categories and letters which they name, and that every document finds a rule.
 *
 * @param filename What errors call the file.
 * @param vocabulary The categories and letters that there are. (Default: those that ship)
 * @throws Error with everything that is wrong, a line each: file, line, rule and a sentence.
 */
export function readRules(yamlText: string, filename: string, vocabulary?: Vocabulary): Ruleset {
  const {rules, faults} = checkRules(yamlText, filename, vocabulary);
  const otherwise = rules.at(-1);
  if (faults.length > 0 || otherwise === undefined) throw new Error(faults.join('\n'));
  return {hash: createHash('sha256').update(yamlText).digest('hex'), rules, otherwise};
}

/** The sound rules of a file, and what is wrong with the others, a line each as `readRules` says it. */
export function checkRules(
  yamlText: string,
  filename: string,
  vocabulary = shippedVocabulary,
): {rules: Rule[]; faults: readonly string[]} {
  const reading = new RulesReader(new YamlFile(yamlText, filename), vocabulary);
  return {rules: reading.rules(), faults: reading.faults};
}

/** One pass over a file, which collects what is wrong with it; a rule with a fault is left out. */
class RulesReader {
  readonly #file: YamlFile;
  readonly #vocabulary: Vocabulary;

  constructor(file: YamlFile, vocabulary: Vocabulary) {
    this.#file = file;
    this.#vocabulary = vocabulary;
  }

  get faults(): readonly string[] {
    return this.#file.faults;
  }

  rules(): Rule[] {
    const list = this.#list();
    const rules = list.map((value, index) => this.#rule(value, index)).filter((rule) => rule !== undefined);
    if (rules.length < list.length) return rules;
    for (const [index, rule] of rules.entries()) this.#checkPlace(rule, index, rules);
    return rules;
  }

  #list(): unknown[] {
    const {value} = this.#file;
    if (value === undefined) return [];
    if (Array.isArray(value) && value.length > 0 && value.length <= mostRules) return value;
    const got = Array.isArray(value) ? value.length : 'something else';
    this.#file.say(`Expected a list of 1 to ${mostRules} rules, got ${got}.`);
    return [];
  }

  #rule(value: unknown, index: number): Rule | undefined {
    if (!isWrittenRule(value)) {
      for (const fault of faultsOfRule(value)) this.#sayOf(index, nameOf(value, index), fault);
      return undefined;
    }
    const {name, route} = value;
    try {
      const when = readCondition(String(value.when));
      const {queue, priority, handler, template} = route;
      const faults = [
        ...faultsOfCategories(when, this.#vocabulary),
        ...faultsOfSignals(when),
        ...faultsOfTemplate(template, this.#vocabulary),
      ];
      for (const fault of faults) this.#sayOf(index, name, fault);
      if (faults.length > 0) return undefined;
      return {
        name,
        when,
        route: {queue, priority, handler, template, dueInMinutes: dueInMinutesOf(route)},
      };
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error);
      this.#sayOf(index, name, {path: ['when'], sentence});
      return undefined;
    }
  }

  /** What only shows beside the other rules. */
  #checkPlace({name, when}: Rule, index: number, rules: readonly Rule[]): void {
    const isLast = index === rules.length - 1;
    if (rules.findIndex((each) => each.name === name) < index) {
      this.#sayOf(index, name, {
        path: ['name'],
        sentence: 'Expected a name of its own, got that of a rule above.',
      });
    }
    if (isLast && !when.always) {
      const sentence = `Expected the last rule to match always (\`when: true\`), got \`${when.source}\`.`;
      this.#sayOf(index, name, {path: ['when'], sentence});
    }
    if (!isLast && when.always) {
      const sentence = 'Expected only the last rule to match always, got one that hides the rules below it.';
      this.#sayOf(index, name, {path: ['when'], sentence});
    }
  }

  #sayOf(index: number, name: string, {path, sentence}: Fault): void {
    this.#file.say(`Rule ${name}: ${sentence}`, [index, ...path]);
  }
}

/** A rule that waits for what no classifier says would wait for ever. */
function faultsOfCategories(when: Condition, {categories}: Vocabulary): Fault[] {
  return when.categories
    .filter((category) => !categories.includes(category))
    .map((category) => ({
      path: ['when'],
      sentence: `Expected \`category\` to be compared with ${categories.join(', ')} or "", got \`${category}\`.`,
    }));
}

function faultsOfSignals(when: Condition): Fault[] {
  return when.signals
    .filter((signal) => !Object.hasOwn(signals, signal))
    .map((signal) => ({
      path: ['when'],
      sentence: `Expected \`signals\` to be searched for ${Object.keys(signals).join(', ')}, got \`${signal}\`.`,
    }));
}

function faultsOfTemplate(template: string, {templates}: Vocabulary): Fault[] {
  if (templates.includes(template)) return [];
  const sentence = `Expected \`template\` to be ${templates.join(', ')}, got \`${template}\`.`;
  return [{path: ['route', 'template'], sentence}];
}

function nameOf(value: unknown, index: number): string {
  const named = typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
  return typeof named === 'string' ? named.slice(0, 63) : `number ${index + 1}`;
}
