import type {Command, Option} from './command.ts';
import {commands, nouns} from './registry.ts';

/** `dip --help`. */
export function overview(): string {
  return [
    'Documents go in, answers come out, through events.',
    '',
    'Usage: dip <noun> <verb> [options]',
    '',
    ...aligned(commands.map(({name, summary}) => [name, summary])),
    '',
    'Environment',
    ...aligned([
      ['DIP_SERVER', 'The DIP to talk to; default http://127.0.0.1:8080'],
      ['DIP_TOKEN', 'Sent to it as a bearer token'],
      ['DIP_OUTPUT', 'Default of -o: table, wide, json, jsonl, yaml or name'],
      ['NO_COLOR', 'No color, even on a terminal'],
    ]),
    '',
    'Exit codes: 0 ok, 1 error, 2 usage, 3 not found, 4 check failed, 5 partial.',
    'More: dip <noun> --help, dip <noun> <verb> --help, dip --version',
  ].join('\n');
}

/** `dip doc --help`. */
export function nounHelp(noun: string): string {
  const ofNoun = commands.filter(({name}) => name.startsWith(`${noun} `));
  return [
    `${nouns[noun] ?? noun}.`,
    '',
    `Usage: dip ${noun} <verb> [options]`,
    '',
    ...aligned(ofNoun.map(({name, summary}) => [name, summary])),
    '',
    `More: dip ${noun} <verb> --help`,
  ].join('\n');
}

/** `dip doc submit --help`. */
export function commandHelp({name, summary, usage, details, options, examples}: Command): string {
  const rows = Object.entries({...options, help: helpOption}).map(
    ([option, spec]) => [written(option, spec), spec.help] as const,
  );
  return [
    `${summary}.`,
    '',
    `Usage: dip ${name} ${usage}`.trimEnd(),
    ...(details === undefined ? [] : ['', details]),
    '',
    'Options',
    ...aligned(rows),
    '',
    'Examples',
    ...examples.flatMap(([line, meaning]) => [`  # ${meaning}`, `  ${line}`]),
  ].join('\n');
}

/** Every command has it. */
export const helpOption: Option = {type: 'boolean', short: 'h', help: 'Show this'};

function written(name: string, {short, type, value}: Option): string {
  const long = type === 'string' ? `--${name} ${value ?? 'VALUE'}` : `--${name}`;
  return short === undefined ? `    ${long}` : `-${short}, ${long}`;
}

function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
