import {readFile} from 'node:fs/promises';
import {exit, Failure, misused} from './failure.ts';
import {commandHelp, nounHelp, overview} from './help.ts';
import {didYouMean} from './nearest.ts';
import {commands, type Entry, firstWords, nounOf, verbOf, verbsOf} from './registry.ts';
import type {Terminal} from './terminal.ts';

/**
 * Finds the command that the words name, loads it and runs it; or shows help.
 *
 * @returns the exit code
 * @throws Failure what the command can't do, or words that name no command
 */
export async function dispatch(words: readonly string[], terminal: Terminal): Promise<number> {
  const [first, ...rest] = words;
  if (first === undefined) return withoutCommand(overview(), terminal);
  if (first === 'help') return dispatch([...rest, '--help'], terminal);
  if (isHelp(first)) return show(overview(), terminal);
  if (first === '--version' || first === 'version') return show(await version(), terminal);
  if (first.startsWith('-')) {
    throw misused(`\`${first}\` comes before any command; options go after it: dip <noun> <verb> ${first}`);
  }
  return runNoun(nounOf(first), rest, terminal);
}

async function runNoun(noun: string, rest: readonly string[], terminal: Terminal): Promise<number> {
  const single = commands.find(({name}) => name === noun);
  if (single) return runCommand(single, rest, terminal);
  const verbs = verbsOf(noun);
  if (verbs.length === 0) {
    throw misused(`\`${noun}\` is not a command of dip${whatWasMeant(noun)}`);
  }
  const [second, ...others] = rest;
  if (second === undefined) return withoutCommand(nounHelp(noun), terminal);
  if (isHelp(second)) return show(nounHelp(noun), terminal);
  const entry = commands.find(({name}) => name === `${noun} ${verbOf(second)}`);
  if (entry) return runCommand(entry, others, terminal);
  const meant = didYouMean(second, verbs, `dip ${noun} `);
  throw misused(`\`${second}\` is not a verb of \`dip ${noun}\`${meant} It has: ${verbs.join(', ')}.`);
}

/** A verb without its noun has every command of that verb for an answer. */
function whatWasMeant(word: string): string {
  const ofVerb = commands.filter(({name}) => name.endsWith(` ${verbOf(word)}`));
  if (ofVerb.length === 0) return didYouMean(word, firstWords(), 'dip ');
  return `; did you mean ${ofVerb.map(({name}) => `\`dip ${name}\``).join(', ')}?`;
}

async function runCommand(entry: Entry, words: readonly string[], terminal: Terminal): Promise<number> {
  const {default: command} = await entry.load();
  const end = words.indexOf('--');
  const asksForHelp = (end < 0 ? words : words.slice(0, end)).some(isHelp);
  return asksForHelp ? show(commandHelp(command), terminal) : command.main(words, terminal);
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h';
}

function show(text: string, terminal: Terminal): number {
  terminal.print(text);
  return exit.ok;
}

function withoutCommand(help: string, terminal: Terminal): number {
  terminal.note(help);
  return exit.usage;
}

async function version(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  const found = /"version":\s*"([^"]+)"/.exec(text)?.[1];
  if (found === undefined) throw new Failure('The package.json of DIP names no version.');
  return found;
}
