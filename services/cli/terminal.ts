import {type InspectColor, styleText} from 'node:util';
import {programName} from './hint.ts';
import {progressOn} from './output/progress.ts';

/** Where a command prints, what its environment says, and whether somebody asked it to stop. */
export interface Terminal {
  /** What people call this `dip` by, such as `npx dip`. */
  readonly program: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How wide stdout is, in characters; undefined where it is no terminal, and lines may be as long as they are. */
  readonly columns: number | undefined;
  /** Aborted at the first Ctrl-C or SIGTERM, with a `Failure` for a reason; a second one ends the process. */
  readonly signal: AbortSignal;
  /** Data, to stdout: whole lines, without the last line feed. */
  print(text: string): void;
  /** Anything that is not data, to stderr: errors, notes and the next useful command. */
  note(text: string): void;
  /** One line on stderr that the next one replaces; where stderr is no terminal, a line now and then. Empty: wiped. */
  progress(text: string): void;
  /** Colored text where stdout is a terminal and NO_COLOR is not set; else the text itself. */
  paint(color: InspectColor, text: string): string;
}

/** The terminal of this process. */
export function processTerminal(signal: AbortSignal): Terminal {
  const {stdout, stderr} = process;
  const progress = progressOn(stderr);
  return {
    program: programName(process.env, process.argv[1], process.cwd()),
    env: process.env,
    signal,
    // Asked when something is printed: windows change.
    get columns() {
      return stdout.isTTY ? stdout.columns : undefined;
    },
    print(text) {
      progress('');
      stdout.write(`${text}\n`);
    },
    note(text) {
      progress('');
      stderr.write(`${text}\n`);
    },
    progress,
    paint: (color, text) => styleText(color, text, {stream: stdout}),
  };
}
