/** What a rule looks like in YAML, and what is wrong with one that looks otherwise. */
import {Compile} from 'typebox/compile';
import {routingDecided} from '#events';
import {faultsOf, type Static, Type} from '#kit';
import {minutesOf} from './duration.ts';

const {rule, queue, priority, handler, template} = routingDecided.schema.properties;
const closed = {additionalProperties: false};
const longestMinutes = 366 * 24 * 60;

const routeShape = {
  queue,
  priority,
  handler,
  template,
  slaMinutes: Type.Optional(Type.Integer({minimum: 1, maximum: longestMinutes})),
  dueIn: Type.Optional(Type.String({maxLength: 32})),
};
const ruleShape = {
  name: rule,
  /** `when: true` without quotes is a boolean in YAML, and means the same. */
  when: Type.Union([Type.String({minLength: 1, maxLength: 4000}), Type.Literal(true)]),
  route: Type.Object(routeShape, closed),
};
const WrittenRule = Type.Object(ruleShape, closed);

/** A rule as it was written. */
export type WrittenRule = Static<typeof WrittenRule>;

/** Something wrong with a rule: where, as the keys on the way to it, and a sentence. */
export interface Fault {
  readonly path: readonly string[];
  readonly sentence: string;
}

const compiled = Compile(WrittenRule);

/** Whether a value of a YAML file is a rule; `faultsOfRule` says why it is not. */
export function isWrittenRule(value: unknown): value is WrittenRule {
  return compiled.Check(value) && faultsOfTime(value.route).length === 0;
}

/** What is wrong with a rule, a sentence each; empty when nothing is. */
export function faultsOfRule(value: unknown): Fault[] {
  const faults = faultsOfKeys(value, ruleShape, []);
  if (!isObject(value) || !isObject(value['route'])) return faults;
  return [...faults, ...faultsOfKeys(value['route'], routeShape, ['route']), ...faultsOfTime(value['route'])];
}

/** From a decision to the latest answer, in minutes. */
export function dueInMinutesOf({slaMinutes, dueIn}: WrittenRule['route']): number {
  return slaMinutes ?? minutesOf(dueIn ?? '') ?? longestMinutes;
}

const expected: Readonly<Record<string, string>> = {
  name: 'at most 63 lower-case letters and digits, joined by `_`, `-` or `.`',
  when: 'a condition of 1 to 4000 characters',
  route: 'queue, priority, handler, template and slaMinutes or dueIn',
  queue: 'at most 63 lower-case letters and digits, joined by `_`, `-` or `.`',
  priority: 'low, normal, high or urgent',
  handler: 'automatic or human',
  template: 'at most 63 lower-case letters and digits, joined by `_`, `-` or `.`',
  slaMinutes: `a whole number from 1 to ${longestMinutes}`,
  dueIn: 'weeks, days, hours and minutes as ISO 8601 writes them, such as P2D or PT4H, 366 days at most',
};

function faultsOfKeys(value: unknown, shape: Record<string, object>, path: readonly string[]): Fault[] {
  const known = Object.keys(shape);
  if (!isObject(value)) return [{path, sentence: `Expected ${known.join(', ')}, got ${shown(value)}.`}];
  const unknown = Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => ({path: [...path, key], sentence: `Expected only ${known.join(', ')}, got \`${key}\`.`}));
  const unfit = known
    .filter((key) => faultsOf(Type.Object({[key]: shape[key] ?? {}}))(value).length > 0)
    // The keys of a route have sentences of their own.
    .filter((key) => !(key === 'route' && isObject(value[key])))
    .map((key) => ({
      path: [...path, key],
      sentence: `Expected \`${key}\` to be ${expected[key]}, got ${shown(value[key])}.`,
    }));
  return [...unknown, ...unfit];
}

function faultsOfTime(route: Record<string, unknown>): Fault[] {
  const {slaMinutes, dueIn} = route;
  if ((slaMinutes === undefined) === (dueIn === undefined)) {
    const got = dueIn === undefined ? 'neither' : 'both';
    return [{path: ['route'], sentence: `Expected either \`slaMinutes\` or \`dueIn\`, got ${got}.`}];
  }
  if (typeof dueIn !== 'string') return [];
  const minutes = minutesOf(dueIn) ?? 0;
  if (minutes >= 1 && minutes <= longestMinutes) return [];
  return [
    {
      path: ['route', 'dueIn'],
      sentence: `Expected \`dueIn\` to be ${expected['dueIn']}, got ${shown(dueIn)}.`,
    },
  ];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 120);
}
