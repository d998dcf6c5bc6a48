import {Failure} from '../failure.ts';
import {hint, type Whereabouts} from '../hint.ts';
import type {Terminal} from '../terminal.ts';
import type {Found} from './find-files.ts';
import type {Outcome} from './outcome.ts';
import type {Counts, Submitted} from './submit.ts';

/** How far a submission is, on one line. */
export function progressLine({taken, refused, ended}: Counts, total: number, wait: boolean): string {
  const not = refused === 0 ? '' : `, ${refused} not`;
  return `${taken} of ${total} taken${not}${wait ? `, ${ended} ended` : ''}`;
}

/** Says what was left out of folders. */
export function tellLeftOut({hidden, linked}: Pick<Found, 'hidden' | 'linked'>, terminal: Terminal): void {
  const parts = [
    leftOut(hidden, 'hidden file or folder', 'hidden files or folders'),
    leftOut(linked, 'link to a folder', 'links to folders'),
  ].filter((part) => part !== undefined);
  if (parts.length > 0) terminal.note(`Left out: ${parts.join(', ')}.`);
}

function leftOut(paths: readonly string[], one: string, many: string): string | undefined {
  const [first, second] = paths;
  if (first === undefined) return undefined;
  return second === undefined ? `1 ${one}, ${first}` : `${paths.length} ${many}, such as ${first}`;
}

/** Says of a finished submission what its table does not: what had been sent before, how to go on, and what is next. */
export function tellEnd(outcomes: readonly Outcome[], where: Whereabouts, terminal: Terminal): void {
  const total = outcomes.length;
  const before = outcomes.filter(({repeat, sameAs}) => repeat === true && sameAs === undefined).length;
  const twice = outcomes.filter(({sameAs}) => sameAs !== undefined).length;
  const refused = outcomes.filter(({documentId}) => documentId === null).length;
  if (twice > 0)
    terminal.note(
      `${twice} of ${total} ${twice === 1 ? 'is' : 'are'} like another in name and bytes: one document.`,
    );
  if (before > 0) terminal.note(sentBefore(before, total));
  if (refused > 0 && total > 1)
    terminal.note(
      `${refused} of ${total} were not taken. The same command sends them again and makes no doubles.`,
    );
  const taken = new Set(outcomes.flatMap(({documentId}) => documentId ?? []));
  const [only] = taken;
  if (only === undefined) return;
  const words = taken.size === 1 ? ['doc', 'describe', only] : ['doc', 'list'];
  terminal.note(`Next: ${hint(terminal, words, where)}`);
}

function sentBefore(before: number, total: number): string {
  const which =
    total === 1
      ? 'This was sent before, and is the document of then.'
      : `${before} of ${total} were sent before, and are the documents of then.`;
  return `${which} To send it as new, say --again and a word for this time, such as --again 2.`;
}

/**
 * What somebody hears who stopped a submission: what was taken, what was not, and how to go on.
 *
 * @param words what the command was called with
 */
export function stopped(
  {outcomes, underWay, unsent}: Submitted,
  words: readonly string[],
  terminal: Terminal,
): Failure {
  const taken = outcomes.filter(({documentId}) => documentId !== null).length;
  const refused = outcomes.length - taken;
  const counts = [
    `${taken} of ${outcomes.length + underWay + unsent} taken`,
    ...(refused > 0 ? [`${refused} not taken`] : []),
    ...(underWay > 0 ? [`${underWay} on the way, which DIP may have taken`] : []),
    ...(unsent > 0 ? [`${unsent} not sent`] : []),
  ];
  const line = hint(terminal, ['doc', 'submit', ...words]);
  const again = line.length > longestLine ? 'the same command goes on' : `this goes on`;
  const goOn =
    underWay + unsent + refused === 0
      ? ''
      : ` Next: ${again}, and makes no doubles${line.length > longestLine ? '.' : `: ${line}`}`;
  const {reason} = terminal.signal;
  return new Failure(
    `Stopped: ${counts.join(', ')}.${goOn}`,
    reason instanceof Failure ? reason.exitCode : undefined,
  );
}

/** A longer command line is easier found in the shell's history. */
const longestLine = 300;
