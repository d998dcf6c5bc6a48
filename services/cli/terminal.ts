import {type InspectColor, styleText} from 'node:util';

/** Where a command prints, what its environment says, and whether somebody asked it to stop. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted at the first Ctrl-C or SIGTERM, with a `Failure` for a reason; a second one ends the process. */
  readonly signal: AbortSignal;
  /** Data, to stdout: whole lines, without the last line feed. */
  print(text: string): void;
  /** Anything that is not data, to stderr: errors, notes and the next useful command. */
  note(text: string): void;
  /** One line on stderr that the next one replaces; nothing where stderr is no terminal. Empty: wiped. */
  progress(text: string): void;
  /** Colored text where stdout is a terminal and NO_COLOR is not set; else the text itself. */
  paint(color: InspectColor, text: string): string;
}

/** The terminal of this process. */
export function processTerminal(signal: AbortSignal): Terminal {
  const {stdout, stderr} = process;
  const progress = (text: string) => {
    if (stderr.isTTY) stderr.write(`\r\u001b[K${text}`);
  };
  return {
    env: process.env,
    signal,
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
