import {basename, delimiter, dirname, relative} from 'node:path';
import type {Terminal} from './terminal.ts';

/** Where a command was told to look; absent: where it looks by itself. */
export interface Whereabouts {
  readonly server?: string | undefined;
  readonly context?: string | undefined;
  readonly kubeconfig?: string | undefined;
  readonly namespace?: string | undefined;
  readonly 'data-dir'?: string | undefined;
  readonly manifests?: readonly string[] | undefined;
}

/**
 * A command line for people to paste: called as they called this one, asking where this one asked, and quoted for a
 * POSIX shell.
 *
 * @param words what follows the program's name, such as `doc`, `describe` and an id
 * @param where the options that this command was given; what is not about where is left alone
 */
export function hint(
  {program, env}: Pick<Terminal, 'program' | 'env'>,
  words: readonly string[],
  where: Whereabouts = {},
): string {
  const {server, context, kubeconfig, namespace, 'data-dir': dataDirectory, manifests = []} = where;
  const usual = env['DIP_SERVER'] || 'http://127.0.0.1:8080';
  const options = Object.entries({
    server: server === usual ? undefined : server,
    context,
    kubeconfig,
    namespace,
    'data-dir': dataDirectory,
  });
  const given = options.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  const paths = manifests.flatMap((path) => ['--manifests', path]);
  return [program, ...[...words, ...given, ...paths].map(quoted)].join(' ');
}

/** A command line of kubectl for people to paste, to the cluster that this command was given. */
export function kubectl(words: readonly string[], where: Whereabouts): string {
  return ['kubectl', ...[...clusterWords(where), ...words].map(quoted)].join(' ');
}

/** The cluster that this command was given, as options of kubectl and of `dip`. */
export function clusterWords({context, kubeconfig}: Whereabouts): string[] {
  const options = Object.entries({context, kubeconfig});
  return options.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
}

/** A word as a POSIX shell takes it for one; left as it is where it has nothing to quote. */
export function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  // What moves a terminal's cursor is never printed as it is: `$'…'` is POSIX since 2024.
  if (!/\p{Cc}/u.test(word)) return `'${word.replaceAll("'", String.raw`'\''`)}'`;
  const escaped = word.replaceAll(/[\\']/g, String.raw`\$&`);
  return `$'${escaped.replaceAll(/\p{Cc}/gu, (character) => `\\${octal(character)}`)}'`;
}

function octal(character: string): string {
  return [...Buffer.from(character)].map((byte) => byte.toString(8).padStart(3, '0')).join('\\');
}

/**
 * What people call this `dip` by: `npx dip` where npm runs it, `dip` where their shell finds it, else its file.
 *
 * @param script the file that this process was started with
 */
export function programName(env: Terminal['env'], script: string | undefined, directory: string): string {
  if (env['npm_command'] !== undefined) return 'npx dip';
  if (script === undefined || basename(script) !== 'dip') return 'dip';
  const folders = (env['PATH'] ?? '').split(delimiter);
  if (folders.includes(dirname(script))) return 'dip';
  const near = relative(directory, script);
  return quoted(near.startsWith('..') ? script : near);
}
