/** Rules about how the code of this house is written. */
import {stripTypeScriptTypes} from 'node:module';
import test from 'ava';
import {foldersIn, sourceFiles} from './source-files.ts';

/** Where the compiler is told what it can't know, and why that is so. */
const mayCast: Readonly<Record<string, string>> = {
  'services/kit/definition.ts': 'the types of a service have done their work where the kit handles all alike',
  'services/ingestion/extract/pdf/pdfium.ts': 'what a WebAssembly module exports has no types of its own',
  'services/local/journal/record.ts': 'a checksum vouches for what the journal itself has written',
  'services/local/eventing/recovery.ts': 'it reads back what the journal itself has written',
};

const services = sourceFiles('services');
const all = sourceFiles('services', 'test');

test('nothing is `any`', (t) => {
  t.deepEqual(
    all.flatMap(({name, text}) => typeWords(text, /\bany\b/g).map((line) => `${name}: ${line}`)),
    [],
  );
});

test('nothing is cast but where the reason is known', (t) => {
  const casting = services.filter(({text}) => typeWords(text, cast).length > 0).map(({name}) => name);

  t.deepEqual(
    casting.filter((name) => !(name in mayCast)),
    [],
  );
  t.deepEqual(
    Object.keys(mayCast).filter((name) => !casting.includes(name)),
    [],
    'these cast no more, and are to be taken off the list',
  );
});

test('the compiler is not silenced', (t) => {
  for (const {name, text} of all) t.notRegex(text, /@ts-(ignore|nocheck|expect-error)/, name);
});

test('the linter is silenced in the open: with the rule and the reason', (t) => {
  const silencing = new RegExp(['biome', 'ignore(?! lint/[a-z]+/[A-Za-z]+: \\S)'].join('-'));
  for (const {name, text} of all) t.notRegex(text, silencing, name);
});

test('a file holds one idea: 300 lines at most', (t) => {
  for (const {name, text} of all) t.true(text.split('\n').length <= 301, name);
});

test('every folder of services is deployed, imported or run by hand, as one file tells', (t) => {
  for (const folder of foldersIn('services')) {
    const telling = ['service.ts', 'index.ts', 'main.ts'].filter((file) =>
      services.some(({name}) => name === `services/${folder}/${file}`),
    );
    t.is(telling.length, 1, `services/${folder} has ${telling.join(' and ') || 'none of them'}`);
  }
});

test('what tells a folder’s kind stands at its top and nowhere below', (t) => {
  for (const {name} of services) t.notRegex(name, /^services\/[^/]+\/.+\/(service|index|main)\.ts$/);
});

test('every function that is exported says what it is for, or its file does', (t) => {
  t.deepEqual(
    services.flatMap(({name, text}) => undocumented(text).map((line) => `${name}: ${line}`)),
    [],
  );
});

test('each of these would be found', (t) => {
  t.is(typeWords('const x: any = 1;', /\bany\b/g).length, 1);
  t.is(typeWords('const x = y as string;', cast).length, 1);
  t.is(typeWords('f(x as unknown as Y);', cast).length, 2);
  t.is(undocumented('export function x() {}').length, 1);
  t.is(undocumented('const y = 1;\n\nexport async function x() {}').length, 1);
  t.is(undocumented('const z = 1;\n/** y */\nconst y = 1;\nexport const x = () => {};').length, 1);
});

test('none of these is taken for one', (t) => {
  t.deepEqual(typeWords("// as any\n/** as any */\nconst x = 'as any';", /\b(as|any)\b/g), []);
  t.deepEqual(typeWords('const x = [1] as const;', cast), []);
  t.deepEqual(typeWords("import {type A as B} from 'c';\nexport {d as e};", cast), []);
  t.deepEqual(typeWords("type A<T> = {[C in T as C['name']]: C};", cast), []);
  t.deepEqual(undocumented('/** What all of this is. */\n\nexport function x() {}'), []);
  t.deepEqual(undocumented('const y = 1;\n\n/** Why. */\nexport function x() {}'), []);
});

/** A word that only the compiler reads is gone from what runs; what runs keeps its place. */
function typeWords(text: string, word: RegExp): string[] {
  const stripped = stripTypeScriptTypes(text);
  return [...text.matchAll(word)].flatMap((match) => {
    if (stripped.slice(match.index, match.index + match[0].length) === match[0]) return [];
    const start = text.lastIndexOf('\n', match.index) + 1;
    const line = text.slice(start, text.indexOf('\n', match.index) >>> 0).trim();
    const isOther = /^(\*|\/\*|\/\/|import |export \{)|\[\w+ in .* as |'any'/.test(line);
    return isOther ? [] : [line];
  });
}

/** A cast; `as const` tells nothing that is not so. */
const cast = /(?<=[\w)\]}'"`] )as\b(?! const\b)/g;

/** The exported functions with no docstring above them, nor one at the top of their file. */
function undocumented(text: string): string[] {
  if (/^(#!.*\n)?\/\*\*/.test(text)) return [];
  const lines = text.split('\n');
  return lines.filter(
    (line, index) =>
      /^export (default )?(async )?function\b|^export const \w+ = (async )?(\(|function\b|\w+ =>)/.test(
        line,
      ) && !/\*\/$|^export function .*;$/.test(lines[index - 1] ?? ''),
  );
}
