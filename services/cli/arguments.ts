import {parseArgs} from 'node:util';
import type {OptionTable, Values} from './command.ts';
import {Failure, messageOf, misused} from './failure.ts';
import {didYouMean} from './nearest.ts';

interface Grammar<Options extends OptionTable> {
  readonly name: string;
  readonly usage: string;
  readonly options: Options;
  readonly operands: readonly [least: number, most: number];
}

/**
 * Reads a command's words.
 *
 * @throws Failure (usage) an unknown option, a missing value, too few or too many operands, as a sentence
 */
export function parse<const Options extends OptionTable>(
  grammar: Grammar<Options>,
  words: readonly string[],
): {options: Values<Options>; operands: string[]} {
  const {options} = grammar;
  const args = [...words];
  try {
    const parsed = parseArgs({args, options, allowPositionals: true, strict: true});
    checkOperands(grammar, parsed.positionals.length);
    return {options: parsed.values, operands: parsed.positionals};
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw misused(faultOf(grammar, args) ?? messageOf(error));
  }
}

function checkOperands({name, usage, operands: [least, most]}: Grammar<OptionTable>, count: number): void {
  if (count >= least && count <= most) return;
  const wanted = most === 0 ? 'no argument' : least === most ? `${least}` : `at least ${least}`;
  const expected = count > most && most > least ? `at most ${most}` : wanted;
  throw misused(`\`dip ${name}\` takes ${expected}, got ${count}. Usage: dip ${name} ${usage}`);
}

/** What is wrong with the words, in our own sentence. */
function faultOf({name, options}: Grammar<OptionTable>, args: string[]): string | undefined {
  const {tokens} = parseArgs({args, options, allowPositionals: true, strict: false, tokens: true});
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const known = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!known) {
      const meant = didYouMean(token.name, Object.keys(options), '--');
      return `\`${token.rawName}\` is not an option of \`dip ${name}\`${meant}`;
    }
    if (known.type === 'boolean' && token.value !== undefined) {
      return `\`${token.rawName}\` takes no value, got \`${token.value}\`.`;
    }
    const {value} = token;
    if (known.type === 'string' && (value === undefined || (!token.inlineValue && value.startsWith('-')))) {
      return `\`${token.rawName}\` wants a value: \`${token.rawName} ${known.value ?? 'VALUE'}\`.`;
    }
  }
  return undefined;
}
