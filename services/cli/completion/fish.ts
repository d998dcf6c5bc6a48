import {quoted} from '../hint.ts';
import type {CompletedCommand, CompletedNoun, CompletedOption} from './grammar.ts';

/** A script for fish, with what each word means; where nothing is known to complete, fish completes files. */
export function fishScript(nouns: readonly CompletedNoun[], commands: readonly CompletedCommand[]): string {
  const lines = [
    '# Completes dip in fish. Once: dip completion fish > ~/.config/fish/completions/dip.fish',
    'function __dip_after --description "Whether these words, and so many in all, stand before the cursor"',
    '  set -l said (commandline -opc)',
    '  set -e said[1]',
    '  test "$argv[2..]" = "$said[1..$argv[1]]"',
    'end',
    'function __dip_at --description "Whether these words alone stand before the cursor"',
    '  set -l said (commandline -opc)',
    '  set -e said[1]',
    '  test "$argv" = "$said"',
    'end',
    ...nouns.map(({name, summary}) => line('__dip_at', '-f', '-a', name, '-d', summary)),
    ...nouns.flatMap(({name, verbs}) =>
      verbs.map((verb) => line(`__dip_at ${name}`, '-f', '-a', verb.name, '-d', verb.summary)),
    ),
    ...commands.flatMap(({name, options, words}) => {
      const after = `__dip_after ${name.split(' ').length} ${name}`;
      return [
        ...options.map((option) => line(after, ...optionWords(option))),
        ...(words.length === 0 ? [] : [line(after, '-f', '-a', words.join(' '))]),
      ];
    }),
  ];
  return lines.join('\n');
}

function line(condition: string, ...words: readonly string[]): string {
  return ['complete', '-c', 'dip', '-n', condition, ...words].map(fishQuoted).join(' ');
}

function optionWords({names, help, takesValue, choices}: CompletedOption): string[] {
  const named = names.flatMap((name) =>
    name.startsWith('--') ? ['-l', name.slice(2)] : ['-s', name.slice(1)],
  );
  const value = !takesValue ? [] : choices.length === 0 ? ['-r'] : ['-x', '-a', choices.join(' ')];
  return [...named, ...value, '-d', help];
}

/** Within single quotes fish escapes a quote and a backslash, and other shells neither. */
function fishQuoted(word: string): string {
  if (quoted(word) === word) return word;
  return `'${word.replaceAll(/[\\']/g, String.raw`\$&`)}'`;
}
