import type {parseArgs} from 'node:util';
import {parse} from './arguments.ts';
import {exit} from './failure.ts';
import type {Terminal} from './terminal.ts';

/** An option of a command, as `node:util` parseArgs wants it, with the words for its help. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** It may be given several times. */
  readonly multiple?: boolean;
  /** What stands for its value in the help, such as `URL`; for an option of type `string`. */
  readonly value?: string;
  /** What its value can be, where that is known. */
  readonly choices?: readonly string[];
  readonly help: string;
}

export type OptionTable = Readonly<Record<string, Option>>;

/** The options as given, by name; those not given are absent. */
export type Values<Options extends OptionTable> = ReturnType<
  typeof parseArgs<{options: Options; allowPositionals: true; strict: true}>
>['values'];

/** One use of a command. */
export interface Call<Options extends OptionTable> {
  readonly options: Values<Options>;
  /** The words that are no options, such as files. */
  readonly operands: readonly string[];
  /** All that followed the command's name, as it was written. */
  readonly words: readonly string[];
  readonly terminal: Terminal;
}

export interface CommandOptions<Options extends OptionTable> {
  /** `<noun> <verb>`, or one word. */
  name: string;
  /** One line for the list of commands; the same as in the registry. */
  summary: string;
  /** What follows the name, such as `FILE… [--wait]`. */
  usage: string;
  /** How many operands it takes, least and most. Default: none. */
  operands?: readonly [least: number, most: number];
  /** What an operand can be, where that is known; for shells that complete it. */
  words?: () => Promise<readonly string[]>;
  options: Options;
  /** Whole command lines, each with what it does. */
  examples: readonly (readonly [line: string, meaning: string])[];
  /** Further paragraphs of the help. */
  details?: string;
  /**
   * Does it. Resolves to the exit code, or to nothing for 0.
   * What is costly to load is imported in here, so that the help of a command costs nothing.
   *
   * @throws Failure what can't be done, as a sentence
   */
  run(call: Call<Options>): Promise<number | undefined>;
}

/** A command of `dip`: how it is called, and what it does. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly details: string | undefined;
  readonly options: OptionTable;
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  /** What an operand can be; none where that is not known. */
  words(): Promise<readonly string[]>;
  /** Takes the words after the command's name; resolves to the exit code. */
  main(words: readonly string[], terminal: Terminal): Promise<number>;
}

/** Declares a command: one file in `commands/`, its default export, and one line in the registry. */
export function command<const Options extends OptionTable>(definition: CommandOptions<Options>): Command {
  const {name, summary, usage, options, examples, details, operands = [0, 0], words} = definition;
  return {
    name,
    summary,
    usage,
    details,
    options,
    examples,
    words: async () => words?.() ?? [],
    async main(written, terminal) {
      const parsed = parse({name, usage, options, operands}, written);
      const code = await definition.run({...parsed, words: written, terminal});
      return code ?? exit.ok;
    },
  };
}
