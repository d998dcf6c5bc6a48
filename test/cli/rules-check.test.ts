import path from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {settingsOf, townHall} from '../classification/town-hall.ts';
import {files} from './documents.ts';
import {dip} from './process.ts';

const shipped = fileURLToPath(new URL('../../services/routing/rules.yaml', import.meta.url));

const faulty = `
- name: mortgage
  when: category == "mortage"
  route: {queue: lending, priority: soon, dueIn: P1D, handler: human, template: mortgage}
- name: default
  when: true
  route: {queue: triage, priority: normal, dueIn: P2D, handler: human, template: letter}
`;

test('the rules that ship have no fault', async (t) => {
  const {code, stdout, stderr} = await dip(['rules', 'check', shipped]);

  t.deepEqual([code, stdout, stderr], [0, '', `${shipped}: 18 rules, no fault.\n`]);
});

test('each fault is a line with file, line and reason, and the exit code is 1', async (t) => {
  const [file = ''] = await files(t, {'rules.yaml': faulty});

  const {code, stdout, stderr} = await dip(['rules', 'check', file]);

  const lines = stdout.trimEnd().split('\n');
  t.deepEqual([code, lines.length], [1, 2]);
  t.is(
    lines[0],
    `${file}:4: Rule mortgage: Expected \`priority\` to be low, normal, high or urgent, got "soon".`,
  );
  t.regex(lines[1] ?? '', /:7: Rule default: Expected `template` to be .*, got `letter`\.$/);
  t.is(stderr, '2 faults: routing would not start.\n');
});

test('rules are read from stdin, and a file that is not there is said', async (t) => {
  const piped = await dip(['rules', 'check', '-'], {input: faulty.replace('soon', 'high')});
  const missing = await dip(['rules', 'check', '/nowhere/rules.yaml']);

  t.is(piped.code, 1);
  t.regex(
    piped.stdout,
    /^stdin:3: Rule mortgage: Expected `category` to be compared with .*, got `mortage`\.$/m,
  );
  t.is(missing.code, 1);
  t.regex(missing.stderr, /^\/nowhere\/rules\.yaml can not be read: /);
});

test('of a folder of settings every file is checked, and one that nobody reads is named', async (t) => {
  const [file = ''] = await files(t, {
    'rules.yaml': faulty,
    'signals.yaml': 'death:\n  phrases: [passed away]\n',
    'organization.yaml': 'addresses: [help]\n',
    'rule.yaml': '',
  });
  const folder = path.dirname(file);

  const {code, stdout, stderr} = await dip(['rules', 'check', folder]);

  const named = stdout
    .trimEnd()
    .split('\n')
    .map((line) => path.basename(line.split(':')[0] ?? ''));
  t.deepEqual(named, ['organization.yaml', 'rule.yaml', 'rules.yaml', 'rules.yaml']);
  t.deepEqual([code, stderr], [1, '4 faults: services would not start.\n']);
});

test('a sound folder of settings is said file by file', async (t) => {
  const [file = ''] = await files(t, {
    'organization.yaml': "name: Northwind Bank\naddresses: ['@bank.example']\n",
  });

  const {code, stderr} = await dip(['rules', 'check', path.dirname(file)]);

  t.deepEqual([code, stderr], [0, `${file}: a name and 1 address, no fault.\n`]);
});

const parking = (category: string) => `
- name: parking
  when: category == "${category}"
  route: {queue: parking, priority: normal, dueIn: P2D, handler: human, template: parking}
- name: default
  when: true
  route: {queue: triage, priority: normal, dueIn: P2D, handler: human, template: general}
`;
const letter = '---\nsubject: Hello\n---\nDear {{ sender }}\n';

test('of a folder with a model rules and letters are held to its categories', async (t) => {
  const model = {'categories.model': townHall, 'parking.liquid': letter};
  const sound = await settingsOf({...model, 'rules.yaml': parking('parking')});
  const wrong = await settingsOf({...model, 'rules.yaml': parking('mortgage')});

  const [one, other] = [await dip(['rules', 'check', sound]), await dip(['rules', 'check', wrong])];

  t.deepEqual(
    [one.code, one.stderr],
    [
      0,
      `${sound}/categories.model: a model of 4 categories, no fault.\n${sound}/parking.liquid: 1 letter, no fault.\n` +
        `${sound}/rules.yaml: 2 rules, no fault.\n`,
    ],
  );
  t.is(other.code, 1);
  t.regex(
    other.stdout,
    /rules\.yaml:3: Rule parking: Expected `category` .* library, .*, got `mortgage`\.\n$/,
  );
});

test('a model that the rules that ship do not fit, and one that can not be read, are faults', async (t) => {
  const alone = await dip(['rules', 'check', await settingsOf({'categories.model': townHall})]);
  const broken = await dip(['rules', 'check', await settingsOf({'categories.model.br': townHall})]);
  const misplaced = await dip(['rules', 'check', await settingsOf({'at-risk.model': townHall})]);

  t.deepEqual([alone.code, broken.code, misplaced.code], [1, 1, 1]);
  t.regex(
    alone.stdout,
    /services\/routing\/rules\.yaml:\d+: Rule \S+: Expected `category` to be compared with library, /,
  );
  t.regex(broken.stdout, /^Expected a model in `\S+\/categories\.model\.br`: .*\n$/);
  t.regex(misplaced.stdout, /at-risk\.model: Expected signals of self-harm, .*, got `library`\.\n/);
});

test('a phrase that is read otherwise than it was meant is a warning, and no fault', async (t) => {
  const folder = await settingsOf({
    'signals.yaml': 'death:\n  phrases:\n    - died\n    - no one|nobody is left\n',
  });

  const {code, stdout, stderr} = await dip(['rules', 'check', folder]);

  t.deepEqual([code, stdout], [0, '']);
  t.is(
    stderr,
    `Warning: ${folder}/signals.yaml:4: \`no one|nobody\` is read as \`no\` and then \`one\` or \`nobody\`, as a blank ends ` +
      `what \`|\` divides; where that is not meant, make it several phrases.\n${folder}/signals.yaml: 1 signal, no fault.\n`,
  );
});
