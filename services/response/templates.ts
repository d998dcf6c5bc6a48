import {createHash} from 'node:crypto';
import {readdirSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {Liquid, type Template} from 'liquidjs';
import {otherLanguages} from './phrases.ts';
import {type Askable, readHead} from './template-head.ts';

/** What a letter can be filled with. Null or empty: the document does not say. */
export interface Values {
  readonly sender: string | null;
  readonly reference: string | null;
  readonly amount: string | null;
  readonly date: string | null;
  readonly deadline: string | null;
  /** What is asked for, a line each. */
  readonly missing: readonly string[];
  /** Who answers, as the letter is signed with. Null: the letter's own words. */
  readonly organization: string | null;
}

/** A template that was read and found sound. */
export interface Letter {
  /** The file's, without its ending: `general`, or in another language than English `general.es`. */
  readonly name: string;
  /** That it is written in, ISO 639-1. */
  readonly language: string;
  /** The same letter in other languages. */
  readonly translations: ReadonlyMap<string, Letter>;
  /** The first 12 hexadecimal digits of the file's SHA-256. */
  readonly version: string;
  /** What it asks for when a document does not say it, and in which words. */
  readonly asks: ReadonlyMap<Askable, string>;
  /** The values that it mentions. */
  readonly uses: ReadonlySet<string>;
  /** @throws Error when it takes longer than 200 ms or a million characters. */
  write(values: Values): {subject: string; body: string};
}

/** Letters in English by name. There is always one called `general`. */
export type Templates = ReadonlyMap<string, Letter>;

/**
 * Reads all templates of a folder, `<name>.liquid` each, or `<name>.<language>.liquid` in another language than English.
 *
 * @param names What they have to be called: no more, as no rule could name them, and no fewer. (Default: any, and
 *   `general`)
 * @param own A folder of the owner's, whose files take the place of those of the same name, or stand beside them.
 * @throws Error with everything that is wrong with them, a line each: file, line and a sentence.
 */
export function readTemplates(folder: string, names?: readonly string[], own?: string): Templates {
  const faults: string[] = [];
  const read: Letter[] = [];
  for (const {file, saidAs} of letterFiles(folder, own)) {
    try {
      read.push(readLetter(readFileSync(file, 'utf8'), saidAs));
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
    }
  }
  const letters = withTranslations(read);
  if (faults.length === 0) {
    const translations = read.filter(({language}) => language !== 'en');
    faults.push(
      ...faultsOfNames([...letters.keys()], names, folder),
      ...faultsOfLanguages(translations, letters),
    );
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return letters;
}

/**
 * What is wrong with one letter, a line each, as `readTemplates` says it.
 *
 * @param names What letters can be called.
 */
export function checkLetter(source: string, filename: string, names: readonly string[]): string[] {
  try {
    const letter = readLetter(source, filename);
    return [...unknownNames([original(letter)], names), ...faultsOfLanguage(letter)];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** The files of letters in order of their names, the owner's by their paths. */
function letterFiles(folder: string, own: string | undefined): {file: string; saidAs: string}[] {
  const isLetter = (name: string) => name.endsWith('.liquid');
  const files = new Map(
    readdirSync(folder)
      .filter(isLetter)
      .map((name) => [name, name]),
  );
  for (const name of own === undefined ? [] : readdirSync(own).filter(isLetter))
    files.set(name, join(own ?? '', name));
  return [...files]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, saidAs]) => ({file: saidAs === name ? join(folder, name) : saidAs, saidAs}));
}

function withTranslations(read: readonly Letter[]): Map<string, Letter> {
  const translationsOf = (name: string) =>
    read
      .filter((other) => other.language !== 'en' && original(other) === name)
      .map((other): [string, Letter] => [other.language, other]);
  return new Map(
    read
      .filter(({language}) => language === 'en')
      .map((letter) => [letter.name, {...letter, translations: new Map(translationsOf(letter.name))}]),
  );
}

function original({name}: Letter): string {
  return name.split('.')[0] ?? name;
}

function faultsOfLanguages(translations: readonly Letter[], letters: Templates): string[] {
  return translations.flatMap((letter) => {
    const first = original(letter);
    const beside = letters.has(first)
      ? []
      : [`${letter.name}.liquid:1: Expected a template ${first}.liquid beside it, got none.`];
    return [...beside, ...faultsOfLanguage(letter)];
  });
}

function faultsOfLanguage({name, language}: Letter): string[] {
  if (language === 'en' || otherLanguages.includes(language)) return [];
  return [
    `${name}.liquid:1: Expected one of the languages ${otherLanguages.join(', ')}, got \`${language}\`.`,
  ];
}

function faultsOfNames(
  found: readonly string[],
  names: readonly string[] | undefined,
  folder: string,
): string[] {
  const missing = (names ?? ['general']).filter((name) => !found.includes(name));
  return [
    ...missing.map((name) => `Expected a template ${name}.liquid in ${folder}, got none.`),
    ...(names === undefined ? [] : unknownNames(found, names)),
  ];
}

function unknownNames(found: readonly string[], names: readonly string[]): string[] {
  return found
    .filter((name) => !names.includes(name))
    .map(
      (name) =>
        `${name}.liquid:1: Expected a template called ${names.join(', ')}: no rule can name this one.`,
    );
}

const known = new Set(['sender', 'reference', 'amount', 'date', 'deadline', 'missing', 'organization']);

/** Templates are found in no file system: `include` and its like have nothing to include. */
const engine = new Liquid({
  templates: {},
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  // Letters are in English wherever they are written; to find out where that is takes 4 ms of a start.
  locale: 'en',
  parseLimit: 1e5,
  // By the clock on the wall, and a pod that has just started may have to wait for its share of the processor.
  renderLimit: 5_000,
  memoryLimit: 1e6,
});
for (const tag of ['include', 'render', 'layout', 'block']) delete engine.tags[tag];

function readLetter(source: string, filename: string): Letter {
  const head = readHead(source, filename);
  const subject = parse(`${'\n'.repeat(head.subjectLine - 1)}${head.subject}`, filename);
  // As many line feeds as the head has lines, so that an error tells the line of the file.
  const body = parse(`${'\n'.repeat(head.bodyLine - 1)}${head.body}`, filename);
  const name = basename(filename, '.liquid');
  return {
    name,
    language: name.split('.')[1] ?? 'en',
    translations: new Map(),
    version: createHash('sha256').update(source).digest('hex').slice(0, 12),
    asks: head.asks,
    uses: new Set([...variablesOf(subject, filename), ...variablesOf(body, filename)]),
    write: (values) => ({
      subject: render(subject, values).replaceAll(/\s+/g, ' '),
      body: render(body, values).replaceAll(/\n{3,}/g, '\n\n'),
    }),
  };
}

function parse(source: string, filename: string): Template[] {
  try {
    return engine.parse(source, filename);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = /, line:(\d+)/.exec(message)?.[1];
    const sentence = message.replace(/, file:.*$/s, '');
    throw new Error(`${filename}${line === undefined ? '' : `:${line}`}: ${sentence}.`, {cause: error});
  }
}

function render(template: Template[], values: Values): string {
  return String(engine.renderSync(template, values)).trim();
}

/** @throws Error when the template mentions a value that nobody gives it. */
function variablesOf(template: Template[], filename: string): string[] {
  const {globals} = engine.analyzeSync(template);
  for (const [name, [first]] of Object.entries(globals)) {
    if (known.has(name)) continue;
    const expected = [...known].join(', ');
    throw new Error(`${filename}:${first?.location.row}: Expected one of ${expected}, got \`${name}\`.`);
  }
  return Object.keys(globals);
}
