import {misused} from '../failure.ts';
import {didYouMean} from '../nearest.ts';
import type {Terminal} from '../terminal.ts';

/** How data is printed. It is never chosen by what stdout is: a script and a person see the same. */
export type Format = 'table' | 'wide' | 'json' | 'jsonl' | 'yaml' | 'name';

export const formats = ['table', 'wide', 'json', 'jsonl', 'yaml', 'name'] as const;

/** `-o`, for every command that prints data in all formats. */
export const output = {
  type: 'string',
  short: 'o',
  value: 'FORMAT',
  choices: formats,
  help: `How to print: ${formats.join(', ')}; default table, or DIP_OUTPUT`,
} as const;

/**
 * The format asked for with `-o`, or by DIP_OUTPUT where a command can print it, or the first of `known`.
 *
 * @throws Failure (usage) a format that the command can't print
 */
export function formatOf<Known extends string>(
  asked: string | undefined,
  {env}: Pick<Terminal, 'env'>,
  known: readonly [Known, ...Known[]],
): Known {
  const find = (word: string) => known.find((format) => format === word);
  if (asked !== undefined) {
    const format = find(asked);
    if (format === undefined) throw misused(unknownFormat('-o', asked, known));
    return format;
  }
  const wanted = env['DIP_OUTPUT'];
  if (wanted === undefined || wanted === '') return known[0];
  if (!formats.some((format) => format === wanted))
    throw misused(unknownFormat('DIP_OUTPUT', wanted, formats));
  return find(wanted) ?? known[0];
}

function unknownFormat(where: string, word: string, known: readonly string[]): string {
  const meant = didYouMean(word, known);
  return `${where} is one of ${known.join(', ')}, got \`${word}\`${meant}`;
}
