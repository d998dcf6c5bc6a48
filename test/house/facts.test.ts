/** Rules about the facts: what they are called, and that none of them can carry what a person wrote. */
import {readdirSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import * as catalogue from '#events';
import {type Contract, event, isContract, Type} from '#kit';
import {toEvent} from '#kit/wire';
import {stringsOf} from './schema-strings.ts';

const folder = path.join(import.meta.dirname, '../../services/events');
const contracts = Object.entries<unknown>(catalogue).filter((entry): entry is [string, Contract] =>
  isContract(entry[1]),
);

test('the catalogue is not empty, and every file that declares a fact is in it', async (t) => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'index.ts');
  const declared = await Promise.all(
    files.map(async (name) =>
      Object.values<unknown>(await import(path.join(folder, name))).filter(isContract),
    ),
  );

  t.true(contracts.length >= 6);
  t.deepEqual(new Set(declared.flat().map(({type}) => type)), new Set(contracts.map(([, {type}]) => type)));
});

test('no two facts have one type or one description', (t) => {
  for (const key of ['type', 'description'] as const)
    t.is(new Set(contracts.map(([, contract]) => contract[key])).size, contracts.length);
});

/** Members that came with a later minor: facts of before, which are kept for good, are without them. */
const later: Readonly<Record<string, readonly string[]>> = {
  documentIngested: ['parts', 'machine', 'thread', 'doubles'],
  documentClassified: ['enclosed', 'signals', 'machine', 'thread', 'doubles'],
  routingDecided: ['enclosed', 'signals', 'thread'],
};

test('a fact of an older minor, without the members that came later, still fits', (t) => {
  for (const [name, members] of Object.entries(later)) {
    const contract = contracts.find(([each]) => each === name)?.[1];
    const before = Object.fromEntries(
      Object.entries(Object(contract?.example)).filter(([member]) => !members.includes(member)),
    );

    t.is(Object.keys(before).length + members.length, Object.keys(Object(contract?.example)).length, name);
    t.deepEqual(contract?.faults(before), [], name);
  }
});

for (const [name, contract] of contracts) {
  const {type, version, dataschema, description, schema, example, words} = contract;

  test(`${name} is named after its type, as its file is`, (t) => {
    t.regex(type, /^com\.dip\.[a-z]+\.[a-z]+$/);
    const [domain = '', action = ''] = type.split('.').slice(2);
    t.is(name, `${domain}${action.charAt(0).toUpperCase()}${action.slice(1)}`);
    t.true(readdirSync(folder).includes(`${domain}-${action}.ts`));
    t.regex(version, /^[1-9]\d*\.(0|[1-9]\d*)$/);
    t.is(dataschema, `urn:dip:${type}:${version}`);
  });

  test(`${name} is described in a sentence`, (t) => {
    t.regex(description, /^[A-Z][^\n]{20,200}\.$/);
  });

  test(`${name} has an example that fits`, (t) => {
    t.deepEqual(contract.faults(example), []);
    t.notThrows(() => toEvent(contract(example), {service: 'tests', id: '1', time: undefined}));
  });

  test(`${name} brings the words that its example names`, (t) => {
    t.deepEqual(Object.keys(words).toSorted(), refsIn(example).toSorted());
  });

  test(`${name} carries no free text`, (t) => {
    t.deepEqual(stringsOf(schema).faults, []);
  });

  test(`${name} refuses a sentence wherever its example holds a text`, (t) => {
    const spoilt = [...spoil(example)];

    t.true(spoilt.length > 0);
    for (const [where, data] of spoilt) t.not(contract.faults(data).length, 0, where);
  });
}

const closed = {additionalProperties: false};
const loose = {
  'a text without a pattern': Type.Object(
    {note: Type.String({maxLength: 10})},
    {additionalProperties: false},
  ),
  'a pattern that takes a space': Type.String({pattern: '^[a-z ]{1,10}$'}),
  'a pattern that takes a line feed': Type.String({pattern: '^[^ ]{1,10}$'}),
  'a pattern that takes an umlaut': Type.String({pattern: '^[a-zü]{1,10}$'}),
  'a pattern that takes any character': Type.String({pattern: '^.{1,10}$'}),
  'a pattern that takes a white space': Type.String({pattern: '^\\s{1,10}$'}),
  'a pattern that is not anchored': Type.String({pattern: '[a-z]{1,10}'}),
  'a pattern that is anchored on one side of an or': Type.String({pattern: '^a$|b'}),
  'a pattern without an end': Type.String({pattern: '^[a-z]+$'}),
  'a pattern with an end too far away': Type.String({pattern: '^([a-z]{1,20}-){1,20}$'}),
  'a literal that is a sentence': Type.Literal('Hello there'),
  'a record with loose keys': Type.Record(Type.String(), Type.Integer(), closed),
  'a record with loose values': Type.Record(Type.String({pattern: '^a$'}), Type.String(), closed),
  'a record that takes other keys': Type.Record(Type.String({pattern: '^a$'}), Type.Integer()),
  'an object that takes more': Type.Object({}),
  'an array of texts': Type.Array(Type.String(), {maxItems: 2}),
  'an array without an end': Type.Array(Type.Integer()),
  'one side of a union': Type.Union([Type.Null(), Type.String()]),
  'anything at all': Type.Unknown(),
};
for (const [what, schema] of Object.entries(loose)) {
  test(`${what} would be found`, (t) => {
    t.is(stringsOf(schema).faults.length, 1);
  });
}

test('an example that does not fit would be found', (t) => {
  const wrong = event('com.dip.letter.written', '1.0', {
    description: 'A letter was written.',
    schema: Type.Object({words: Type.Integer()}),
    example: {words: 1.5},
  });

  t.is(wrong.faults(wrong.example).length, 1);
});

/** The example again and again, a sentence in the place of each text in turn. */
function* spoil(value: unknown, where = 'data'): Generator<[string, unknown]> {
  if (typeof value === 'string') {
    yield [where, `Dear Sir, ${value}`];
    yield [where, `${value}\n`];
    yield [where, `${value}ü`];
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    for (const [at, spoilt] of spoil(member, `${where}.${name}`))
      yield [at, Array.isArray(value) ? value.with(Number(name), spoilt) : {...value, [name]: spoilt}];
  }
}

/** The blobs that some data names, at any depth. */
function refsIn(value: unknown): string[] {
  if (typeof value === 'string') return /^(documents|letters)\//.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(refsIn) : [];
}
