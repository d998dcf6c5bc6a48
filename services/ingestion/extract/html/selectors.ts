import {split, unescaped} from './style-text.ts';

/** What an element has to be for a style to be about it, apart from where it stands. */
export interface Compound {
  /** Name of the element; null for any. */
  readonly name: string | null;
  readonly ids: readonly string[];
  readonly classes: readonly string[];
  /** Attributes by their name; null where any value will do. */
  readonly attributes: readonly (readonly [name: string, value: string | null])[];
}

/** Where an element stands to that of the step before: in it or directly in it, after it or directly after it in the same. */
export type Combinator = ' ' | '>' | '~' | '+';

/** A compound, and where it stands to the one before it; the first to the page. */
export interface Step {
  readonly compound: Compound;
  readonly combinator: Combinator;
}

/** More than any page says of where an element stands. */
const longestSteps = 8;

/**
 * The selectors of a rule (CSS Selectors §3) as steps from the outermost element to the one that is meant. Left
 * out are those with conditions that are not known here: what is pointed at, which child of its parent an element is.
 */
export function* selectorsIn(prelude: string): Generator<Step[]> {
  for (const selector of split(prelude, ',')) {
    const steps = stepsOf(selector.trim());
    if (steps !== null) yield steps;
  }
}

/** How particular a selector is (CSS Selectors §15), from 0 to under 2²⁴. */
export function specificityOf(steps: readonly Step[]): number {
  let ids = 0;
  let classes = 0;
  let names = 0;
  for (const {compound} of steps) {
    ids += compound.ids.length;
    classes += compound.classes.length + compound.attributes.length;
    if (compound.name !== null) names++;
  }
  return (Math.min(ids, 255) << 16) + (Math.min(classes, 255) << 8) + Math.min(names, 255);
}

function stepsOf(selector: string): Step[] | null {
  const steps: Step[] = [];
  let combinator: Combinator = ' ';
  for (const part of split(apart(selector), ' ')) {
    if (part === '') continue;
    if (part === '>' || part === '~' || part === '+') {
      if (steps.length === 0 || combinator !== ' ') return null;
      combinator = part;
      continue;
    }
    const compound = compoundOf(part);
    if (compound === null || steps.length === longestSteps) return null;
    steps.push({compound, combinator});
    combinator = ' ';
  }
  return steps.length === 0 || combinator !== ' ' ? null : steps;
}

/** With spaces around combinators; the signs in `[class~="a"]` and `.a\+b` are none. */
function apart(selector: string): string {
  return selector.replaceAll(/\\[\s\S]|\[[^\][]*\]?|[>~+]/g, (sign) =>
    /^[>~+]$/.test(sign) ? ` ${sign} ` : sign,
  );
}

const part =
  /(?<sign>[.#]?)(?<name>(?:[\w-]|\P{ASCII}|\\[\s\S])+)|\[(?<attribute>[^\]]*)\]|(?<any>\*)|(?<root>:root)/uy;

function compoundOf(text: string): Compound | null {
  const ids: string[] = [];
  const classes: string[] = [];
  const attributes: [string, string | null][] = [];
  let name: string | null = null;
  part.lastIndex = 0;
  while (part.lastIndex < text.length) {
    const isFirst = part.lastIndex === 0;
    const found = part.exec(text)?.groups;
    if (!found) return null;
    if (found['sign'] === '.') classes.push(unescaped(found['name'] ?? ''));
    else if (found['sign'] === '#') ids.push(unescaped(found['name'] ?? ''));
    else if (found['attribute'] !== undefined) {
      const attribute = attributeOf(found['attribute']);
      if (attribute === null) return null;
      attributes.push(attribute);
    } else if (found['root'] !== undefined) name = 'html';
    else if (!isFirst) return null;
    else if (found['name'] !== undefined) name = unescaped(found['name']).toLowerCase();
  }
  return {name, ids, classes, attributes};
}

/** As in `[hidden]` or `[class="note"]`; null for those that ask for a part of a value. */
function attributeOf(text: string): [name: string, value: string | null] | null {
  const equals = text.indexOf('=');
  const name = (equals < 0 ? text : text.slice(0, equals)).trim().toLowerCase();
  if (!/^[\w:-]+$/.test(name)) return null;
  if (equals < 0) return [name, null];
  const value = text.slice(equals + 1).trim();
  const quote = value.charAt(0);
  const isQuoted = value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote);
  return [name, unescaped(isQuoted ? value.slice(1, -1) : value)];
}
