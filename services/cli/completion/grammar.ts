import {helpOption} from '../help.ts';
import {commands, firstWords, nouns, verbsOf} from '../registry.ts';

/** What can be completed of one command. */
export interface CompletedCommand {
  /** `<noun> <verb>`, or one word. */
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** What its operands can be, where that is known; else they may be files. */
  readonly words: readonly string[];
}

export interface CompletedOption {
  /** As written, the long one first: `--output`, `-o`. */
  readonly names: readonly string[];
  readonly help: string;
  readonly takesValue: boolean;
  /** What its value can be, where that is known. */
  readonly choices: readonly string[];
}

/** What comes first on a command line, and what comes after a noun. */
export interface CompletedNoun {
  readonly name: string;
  readonly summary: string;
  /** None: the word is a command by itself. */
  readonly verbs: readonly {readonly name: string; readonly summary: string}[];
}

/** Every command as it is declared, loaded for it. */
export async function completedCommands(): Promise<CompletedCommand[]> {
  return Promise.all(
    commands.map(async ({name, summary, load}) => {
      const {default: command} = await load();
      const declared = Object.entries({...command.options, help: helpOption});
      const options = declared.map(([long, {short, type, help, choices = []}]) => ({
        names: [`--${long}`, ...(short === undefined ? [] : [`-${short}`])],
        help,
        takesValue: type === 'string',
        choices,
      }));
      return {name, summary, options, words: await command.words()};
    }),
  );
}

/** The words that may come first. */
export function completedNouns(): CompletedNoun[] {
  const summaryOf = (name: string) => commands.find((entry) => entry.name === name)?.summary ?? '';
  return firstWords().map((name) => ({
    name,
    summary: nouns[name] ?? summaryOf(name),
    verbs: verbsOf(name).map((verb) => ({name: verb, summary: summaryOf(`${name} ${verb}`)})),
  }));
}
