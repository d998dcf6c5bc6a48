import {createHash} from 'node:crypto';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {templates} from '#events';
import {checkLetter, readTemplates} from '../../services/response/templates.ts';
import {readRules} from '../../services/routing/rules.ts';

const shipped = fileURLToPath(new URL('../../services/response/templates/', import.meta.url));
const general = '---\nsubject: Hello\n---\nDear {{ sender }}\n';
const nobody = {
  sender: 'Sir or Madam',
  reference: null,
  amount: null,
  date: null,
  deadline: null,
  missing: [],
  organization: null,
};

const folderOf = (t: ExecutionContext, files: Record<string, string>) => {
  const folder = mkdtempSync(join(tmpdir(), 'dip-templates-'));
  t.teardown(() => rmSync(folder, {recursive: true}));
  for (const [name, source] of Object.entries(files)) writeFileSync(join(folder, name), source);
  return folder;
};
const faultOf = (t: ExecutionContext, source: string) =>
  t.throws(() => readTemplates(folderOf(t, {'general.liquid': general, 'wrong.liquid': source})))?.message;

test('every letter that the rules name is there', (t) => {
  const rules = readFileSync(new URL('../../services/routing/rules.yaml', import.meta.url), 'utf8');
  const letters = readTemplates(shipped);

  for (const {name, route} of readRules(rules, 'rules.yaml').rules)
    t.true(letters.has(route.template), `Rule ${name} names ${route.template}`);
});

test('every letter that ships is named by a rule', (t) => {
  const rules = readFileSync(new URL('../../services/routing/rules.yaml', import.meta.url), 'utf8');
  const named = new Set(readRules(rules, 'rules.yaml').rules.map(({route}) => route.template));

  t.deepEqual([...readTemplates(shipped).keys()].sort(), [...named].sort());
});

test('the letters that ship are those that rules can name, and a folder with others is refused', (t) => {
  const others = folderOf(t, {'general.liquid': general, 'insurance.liquid': general});

  t.deepEqual([...readTemplates(shipped, templates).keys()].sort(), [...templates]);
  t.throws(() => readTemplates(others, ['general', 'mortgage']), {
    message:
      /^Expected a template mortgage\.liquid in \S+, got none\.\ninsurance\.liquid:1: Expected a template called general, mortgage: no rule can name this one\.$/,
  });
});

test('a letter is known by the hash of its file', (t) => {
  const letter = readTemplates(folderOf(t, {'general.liquid': general})).get('general');

  t.is(letter?.version, createHash('sha256').update(general).digest('hex').slice(0, 12));
});

/** They confirm the arrival, and say nothing of what somebody has told. */
const sober = new Set(['at_risk', 'care', 'legal']);

test('letters to people at risk thank for nothing, ask for nothing and repeat nothing', (t) => {
  const everything = {
    sender: 'Anna Example',
    reference: null,
    amount: '$35.00',
    date: '2025-03-03',
    deadline: '2025-04-01',
    missing: ['the first thing'],
    organization: null,
  };

  const letters = [...readTemplates(shipped).values()].filter(({name}) => sober.has(name));

  t.is(letters.length, sober.size);
  for (const {asks, write} of letters) {
    const {subject, body} = write(everything);

    t.is(asks.size, 0);
    t.regex(subject, /^Your (?:message|letter)$/);
    t.regex(body, /^Dear Anna Example,\n\nWe have received your .*\n\nYours sincerely,\n[A-Z][A-Za-z ]+$/s);
    t.notRegex(body, /[Tt]hank|!|\$35|2025|first thing|\n{3}/);
  }
});

test('every other letter that ships can be written, with everything and with nothing', (t) => {
  const everything = {
    sender: 'Anna Example',
    reference: 'loan number 00-4471',
    amount: '$35.00',
    date: '2025-03-03',
    deadline: '2025-04-01',
    missing: ['the first thing', 'the second thing'],
    organization: null,
  };

  for (const letter of readTemplates(shipped).values()) {
    if (sober.has(letter.name)) continue;
    const full = letter.write(everything);
    const bare = letter.write(nobody);

    t.regex(full.subject, /^[A-Z].*\(loan number 00-4471\)$/);
    t.regex(bare.subject, /^[A-Z][A-Za-z ]+$/);
    for (const part of [
      'Anna Example',
      'loan number 00-4471',
      '$35.00',
      '2025-03-03',
      '- deadline: 2025-04-01\n',
      '- the first thing\n- the second thing\n',
    ])
      t.true(full.body.includes(part), `${letter.name} lacks ${part}`);
    t.regex(bare.body, /^Dear Sir or Madam,\n\nThank you .*\n\nYours sincerely,\n[A-Z][A-Za-z ]+$/s);
    t.notRegex(full.body + bare.body, /\n{3}|[ \t]\n|null|undefined|\{[{%]/);
    t.notRegex(bare.body, /noted|need:|reply with:/);
  }
});

test('every letter that ships is signed with the organization’s name, and without one by whose letter it is', (t) => {
  const letters = [...readTemplates(shipped).values()];
  const withTranslations = letters.flatMap((letter) => [letter, ...letter.translations.values()]);
  const signatureOf = (body: string) => body.split('\n').at(-1);

  for (const {name, write} of withTranslations) {
    const named = write({...nobody, organization: 'Northwind Bank'}).body;
    const unnamed = write(nobody).body;

    t.is(signatureOf(named), 'Northwind Bank', name);
    t.regex(signatureOf(unnamed) ?? '', /^\p{L}[\p{L} ]+$/u, name);
    t.is(named.replace(/.*$/, ''), unnamed.replace(/.*$/, ''), name);
  }
  t.is(withTranslations.length, 15);
});

test('a letter has its translations beside it, each in a language that there are words for', (t) => {
  const letters = readTemplates(folderOf(t, {'general.liquid': general, 'general.es.liquid': general}));

  t.deepEqual([...letters.keys()], ['general']);
  t.is(letters.get('general')?.translations.get('es')?.name, 'general.es');
  t.is(letters.get('general')?.translations.get('es')?.language, 'es');
  t.throws(
    () =>
      readTemplates(
        folderOf(t, {'general.liquid': general, 'a.es.liquid': general, 'general.xx.liquid': general}),
      ),
    {
      message:
        'a.es.liquid:1: Expected a template a.liquid beside it, got none.\ngeneral.xx.liquid:1: Expected one of the languages de, es, fr, got `xx`.',
    },
  );
});

test('files that are no templates are left alone', (t) => {
  t.deepEqual(
    [...readTemplates(folderOf(t, {'general.liquid': general, 'README.md': '{{'})).keys()],
    ['general'],
  );
});

test('there is always a general letter', (t) => {
  t.regex(
    t.throws(() => readTemplates(folderOf(t, {})))?.message ?? '',
    /^Expected a template general\.liquid in /,
  );
});

test('what is wrong with a template is told with its file and line', (t) => {
  const head = '---\nsubject: Hello\n---\n';

  t.is(faultOf(t, 'Dear'), 'wrong.liquid:1: Expected a head between two lines of ---, got none.');
  t.is(
    faultOf(t, `${head}Dear {{ sender }},\n{{ sender.name }} {{ sendr }}\n`),
    'wrong.liquid:5: Expected one of sender, reference, amount, date, deadline, missing, organization, got `sendr`.',
  );
  t.is(faultOf(t, `${head}Dear\n\n{% if amount %}\n`), 'wrong.liquid:6: tag {% if amount %} not closed.');
  t.is(faultOf(t, `${head}Dear {{ sender | shout }}`), 'wrong.liquid:4: undefined filter: shout.');
  t.is(faultOf(t, `${head}Dear {{ sender`), 'wrong.liquid:4: output "{{ sender" not closed.');
  t.is(faultOf(t, '---\nsubject: Hi {{ x }}\n---\n')?.slice(0, 15), 'wrong.liquid:2:');
  t.is(faultOf(t, '---\nsubject:\n---\n'), 'wrong.liquid:2: Expected a subject, got null.');
  t.is(
    faultOf(t, '---\nsubject: Hi\nto: you\n---\n'),
    'wrong.liquid:3: Expected only subject and asks, got `to`.',
  );
  t.is(
    faultOf(t, '---\nsubject: Hi\nasks:\n  age: how old you are\n---\n'),
    'wrong.liquid:4: Expected words to ask for reference, amount, date, got `age: "how old you are"`.',
  );
  t.regex(faultOf(t, '---\nsubject: Hi\nasks: {\n---\n') ?? '', /^wrong\.liquid:[34]: .+\.$/);
});

test('all templates that are wrong are told at once', (t) => {
  const folder = folderOf(t, {'a.liquid': 'x', 'b.liquid': 'y'});

  t.deepEqual(
    t
      .throws(() => readTemplates(folder))
      ?.message.split('\n')
      .map((line) => line.slice(0, 11)),
    ['a.liquid:1:', 'b.liquid:1:'],
  );
});

test('a template can not take in another file', (t) => {
  for (const tag of ['include', 'render', 'layout'])
    t.regex(
      faultOf(t, `---\nsubject: Hi\n---\n{% ${tag} '/etc/hostname' %}`) ?? '',
      new RegExp(`^wrong\\.liquid:4: tag "${tag}" not found`),
    );
});

test('a template that would run for ever is stopped', (t) => {
  const loop = '{% for a in (1..9999) %}{% for b in (1..9999) %}x{% endfor %}{% endfor %}';
  const letters = readTemplates(folderOf(t, {'general.liquid': `${general}${loop}`}));

  t.throws(() => letters.get('general')?.write(nobody), {message: /limit exceeded/});
});

test('a template of more than 100,000 characters is refused', (t) => {
  t.regex(faultOf(t, `---\nsubject: Hi\n---\n${'x'.repeat(100_001)}`) ?? '', /^wrong\.liquid.*limit/);
});

test('a letter of the owner’s takes the place of the one of its name, and its mistakes are named by its path', (t) => {
  const shippedFolder = folderOf(t, {'general.liquid': general, 'mortgage.liquid': general});
  const own = folderOf(t, {
    'mortgage.liquid': general.replace('Dear', 'Good day,'),
    'rules.yaml': 'no letter',
  });
  const broken = folderOf(t, {'mortgage.liquid': general.replace('{{ sender }}', '{{ sendr }}')});

  const letters = readTemplates(shippedFolder, ['general', 'mortgage'], own);

  t.true(letters.get('mortgage')?.write(nobody).body.includes('Good day,'));
  t.false(letters.get('general')?.write(nobody).body.includes('Good day,'));
  t.throws(() => readTemplates(shippedFolder, ['general', 'mortgage'], broken), {
    message: new RegExp(`^${broken}/mortgage\\.liquid:\\d+: Expected one of sender, .*, got \`sendr\`\\.$`),
  });
});

test('one letter is checked by itself, and by its name', (t) => {
  t.deepEqual(checkLetter(general, 'settings/general.es.liquid', ['general']), []);
  t.regex(checkLetter(general, 'settings/insurance.liquid', ['general']).join(), /no rule can name this one/);
  t.regex(
    checkLetter('Dear', 'settings/general.liquid', ['general']).join(),
    /^settings\/general\.liquid:1: Expected a head/,
  );
});
