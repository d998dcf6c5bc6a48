/**
 * Conditions of rules: CEL, checked when they are read. The library behind it is known to this file alone, so
 * another CEL can take its place.
 */
import {type ASTNode, Environment} from '@marcbachmann/cel-js';

/** What a condition can ask about a document, under the names it asks by. */
export interface Circumstances {
  /** Null: unclassified; a condition sees an empty string. */
  readonly category: string | null;
  /** From 0 to 1; null where nothing was scored: a condition sees 0. */
  readonly confidence: number | null;
  /** ISO 639-1; null where it is not known: a condition sees an empty string. */
  readonly language: string | null;
  /** How often people have corrected the category; 0 for the classifier's own word. */
  readonly correction: number;
  /** What comes before all else; empty: nothing was found. */
  readonly signals: readonly string[];
  /** Whether it continues a case: its writer has written before, or was written to. */
  readonly reply: boolean;
}

/** The name of one thing that a condition can ask about. */
export type Variable = keyof Circumstances;

/** A condition that was read and found sound. */
export interface Condition {
  /** As it was written. */
  readonly source: string;
  /** It is the word `true`. */
  readonly always: boolean;
  /** What it asks about, each once, in order of mention. */
  readonly reads: readonly Variable[];
  /** The categories that it compares the document's with, each once, in order of mention; without the empty one. */
  readonly categories: readonly string[];
  /** The signals that it looks for among the document's, each once, in order of mention. */
  readonly signals: readonly string[];
  /**
   * Whether it holds.
   *
   * @throws Error when it can not be told, such as after a division by zero.
   */
  holds(circumstances: Circumstances): boolean;
}

const types: Readonly<Record<Variable, 'string' | 'double' | 'int' | 'bool' | 'list<string>'>> = {
  category: 'string',
  confidence: 'double',
  language: 'string',
  correction: 'int',
  signals: 'list<string>',
  reply: 'bool',
};

/** Names, in order, for sentences about what a condition can ask. */
export const variables = Object.keys(types).filter(isVariable);

const environment = new Environment({limits: {maxAstNodes: 2000, maxDepth: 50}});
for (const name of variables) environment.registerVariable(name, types[name]);

/**
 * Reads a condition. Its cost is bounded before it ever runs: 2000 nodes, 50 levels, comprehensions no more than
 * 2 deep, no `matches` (a JavaScript regular expression, which can take forever) and no `cel.bind` (which can
 * double a value 50 times).
 *
 * @throws Error, a sentence that says what is wrong and where, when the condition is not sound.
 */
export function readCondition(source: string): Condition {
  const parsed = attempt(source, () => environment.parse(source));
  // The tree is walked before it is checked: the check puts what a macro stands for in its place.
  const reads = readsOf(parsed.ast, source);
  const categories = [...new Set(categoriesIn(parsed.ast))].filter((name) => name !== '');
  const signals = [...new Set(signalsIn(parsed.ast))];
  const {valid, type, error} = parsed.check();
  if (!valid) throw new Error(sentence(source, error));
  if (type !== 'bool')
    throw new Error(`Expected a condition that is true or false, got a ${type} from ${shown(source)}.`);
  return {
    source,
    always: parsed.ast.op === 'value' && parsed.ast.args === true,
    reads,
    categories,
    signals,
    holds: (circumstances) => attempt(source, () => parsed(asSeen(circumstances))) === true,
  };
}

function asSeen({category, confidence, language, correction, signals, reply}: Circumstances) {
  return {
    category: category ?? '',
    confidence: confidence ?? 0,
    language: language ?? '',
    correction: BigInt(correction),
    signals: [...signals],
    reply,
  };
}

const comprehensions = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);
const refused = new Set(['matches', 'bind']);

/** The variables that a tree mentions, without the names that its comprehensions bind. */
function readsOf(root: ASTNode, source: string): Variable[] {
  const reads = new Set<Variable>();
  visit(root, new Set(), 0);
  return [...reads];

  function visit(node: ASTNode, bound: ReadonlySet<string>, depth: number): void {
    if (node.op === 'id' && isVariable(node.args) && !bound.has(node.args)) reads.add(node.args);
    if (node.op === 'call' || node.op === 'rcall') refuse(node.args[0]);
    if (node.op !== 'rcall' || !comprehensions.has(node.args[0])) {
      for (const part of partsOf(node)) visit(part, bound, depth);
      return;
    }
    // The list of a comprehension counts as deeper too: what one comprehension makes, the next one multiplies.
    if (depth === 2)
      throw new Error(`Expected comprehensions no more than 2 deep, got 3 in ${shown(source)}.`);
    const [, list, [name, ...body]] = node.args;
    visit(list, bound, depth + 1);
    const inside = name?.op === 'id' ? new Set([...bound, name.args]) : bound;
    for (const part of body) visit(part, inside, depth + 1);
  }

  function refuse(name: string): void {
    if (refused.has(name)) throw new Error(`Expected a condition without \`${name}\`, got ${shown(source)}.`);
  }
}

/** The words that `category` is compared with: by `==` or `!=` on either side, or `in` a list. */
function categoriesIn(node: ASTNode): string[] {
  const below = partsOf(node).flatMap(categoriesIn);
  if (node.op !== '==' && node.op !== '!=' && node.op !== 'in') return below;
  const [left, right] = node.args;
  if (isCategory(left)) return [...wordsOf(right), ...below];
  return node.op !== 'in' && isCategory(right) ? [...wordsOf(left), ...below] : below;
}

/** The words that are looked for in `signals`: by `in`, or by whatever its comprehensions compare their names with. */
function signalsIn(node: ASTNode): string[] {
  if (node.op === 'in' && isSignals(node.args[1])) return wordsOf(node.args[0]);
  if (node.op !== 'rcall' || !isSignals(node.args[1])) return partsOf(node).flatMap(signalsIn);
  const [, , [name, ...body]] = node.args;
  return name?.op === 'id' ? body.flatMap((part) => comparedWith(part, name.args)) : [];
}

function comparedWith(node: ASTNode, name: unknown): string[] {
  const below = partsOf(node).flatMap((part) => comparedWith(part, name));
  if (node.op !== '==' && node.op !== '!=' && node.op !== 'in') return below;
  const [left, right] = node.args;
  const isNamed = ({op, args}: ASTNode) => op === 'id' && args === name;
  if (isNamed(left)) return [...wordsOf(right), ...below];
  return isNamed(right) ? [...wordsOf(left), ...below] : below;
}

function isSignals({op, args}: ASTNode): boolean {
  return op === 'id' && args === 'signals';
}

function isCategory({op, args}: ASTNode): boolean {
  return op === 'id' && args === 'category';
}

function wordsOf(node: ASTNode): string[] {
  if (node.op === 'list') return node.args.flatMap(wordsOf);
  return node.op === 'value' && typeof node.args === 'string' ? [node.args] : [];
}

function partsOf(node: ASTNode): ASTNode[] {
  const parts: unknown[] = [node.args];
  return parts.flat(3).filter(isNode);
}

function isNode(part: unknown): part is ASTNode {
  return typeof part === 'object' && part !== null && 'op' in part && 'args' in part;
}

function isVariable(name: string): name is Variable {
  return Object.hasOwn(types, name);
}

function attempt<Result>(source: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw new Error(sentence(source, error), {cause: error});
  }
}

/** What the library says without its drawing of the place, and the place in words. */
function sentence(source: string, error: unknown): string {
  const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  const place = placeOf(error);
  const where = place === undefined ? '' : ` at character ${place + 1}`;
  const known = message.startsWith('Unknown variable') ? `, known are ${variables.join(', ')}` : '';
  return `${message.replace(/\.$/, '')}${where} of ${shown(source)}${known}.`;
}

function shown(source: string): string {
  return source.length > 160 ? `\`${source.slice(0, 160)}…\`` : `\`${source}\``;
}

function placeOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('range' in error)) return undefined;
  const {range} = error;
  if (typeof range !== 'object' || range === null || !('start' in range)) return undefined;
  return typeof range.start === 'number' ? range.start : undefined;
}
