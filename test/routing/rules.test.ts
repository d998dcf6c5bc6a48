import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import test from 'ava';
import {readRules} from '../../services/routing/rules.ts';

const last = `
- name: default
  when: true
  route: {queue: triage, priority: normal, dueIn: P2D, handler: human, template: general}
`;

const faultOf = (yaml: string) => {
  try {
    readRules(yaml, 'rules.yaml');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'no fault';
};

const rule = (lines: string) => `- name: cards\n${lines}\n${last}`;
const route =
  '  route: {queue: cards, priority: high, slaMinutes: 240, handler: automatic, template: credit_card}';
const when = (condition: string) => faultOf(rule(`  when: ${JSON.stringify(condition)}\n${route}`));

test('rules are read in order, and known by the hash of their file', (t) => {
  const yaml = rule(`  when: category == "credit_card"\n${route}`);

  const ruleset = readRules(yaml, 'rules.yaml');

  t.deepEqual(
    ruleset.rules.map(({name}) => name),
    ['cards', 'default'],
  );
  t.is(ruleset.rules.at(-1), ruleset.otherwise);
  t.is(ruleset.hash, createHash('sha256').update(yaml).digest('hex'));
  t.deepEqual(ruleset.rules[0]?.route, {
    queue: 'cards',
    priority: 'high',
    handler: 'automatic',
    template: 'credit_card',
    dueInMinutes: 240,
  });
});

test('the rules that ship are sound', (t) => {
  const yaml = readFileSync(new URL('../../services/routing/rules.yaml', import.meta.url), 'utf8');

  t.notThrows(() => readRules(yaml, 'rules.yaml'));
});

test('a misspelt variable is found at load, with its line and the names that are known', (t) => {
  t.is(
    when('categry == "mortgage"'),
    'rules.yaml:2: Rule cards: Unknown variable: categry at character 1 of `categry == "mortgage"`, ' +
      'known are category, confidence, language, correction, signals, reply.',
  );
});

test('a category that no classifier says is found at load, however it is compared', (t) => {
  const sentence =
    'Expected `category` to be compared with bank_account, consumer_loan, credit_card, credit_reporting, ' +
    'debt_collection, money_transfer, mortgage, student_loan or "", got `mortage`.';
  const wrong = [
    'category == "mortage"',
    '"mortage" != category',
    'confidence > 0.5 && !(category in ["mortgage", "", "mortage"])',
    '["de", "fr"].exists(one, language == one && category == "mortage")',
  ];

  for (const condition of wrong) t.is(when(condition), `rules.yaml:2: Rule cards: ${sentence}`, condition);
  t.is(
    when('category in ["mortgage", "student_loan"] || category == "" || language == "mortage"'),
    'no fault',
  );
});

test('a signal that nothing finds is found at load, however it is looked for', (t) => {
  for (const condition of ['"self_harm" in signals', 'signals.exists(each, each in ["self_harm"])'])
    t.regex(
      faultOf(rule(`  when: '${condition}'\n${route}`)),
      /^rules\.yaml:2: Rule cards: Expected `signals` to be searched for self-harm, .*, got `self_harm`\.$/,
      condition,
    );
});

test('a letter that is not there is found at load', (t) => {
  t.is(
    faultOf(rule(`  when: confidence > 0.5\n${route.replace('credit_card', 'credit_cards')}`)),
    'rules.yaml:3: Rule cards: Expected `template` to be at_risk, bank_account, care, consumer_loan, credit_card, credit_reporting, ' +
      'debt_collection, general, legal, money_transfer, mortgage, student_loan, got `credit_cards`.',
  );
});

test('a condition that compares a number to a word is found at load', (t) => {
  t.regex(when('confidence > "high"'), /^rules\.yaml:2: Rule cards: no such overload: double > string at/);
});

test('a condition that is neither true nor false is found at load', (t) => {
  t.is(
    when('confidence'),
    'rules.yaml:2: Rule cards: Expected a condition that is true or false, got a double from `confidence`.',
  );
});

test('a condition that breaks off is found at load', (t) => {
  t.regex(when('category =='), /^rules\.yaml:2: Rule cards: Unexpected token: EOF at character 12/);
});

test('a condition can not run a regular expression', (t) => {
  t.regex(when('category.matches("^(a+)+$")'), /Expected a condition without `matches`/);
  t.regex(when('[category].exists(c, c.matches("a"))'), /Expected a condition without `matches`/);
});

test('a condition can not double a value again and again', (t) => {
  t.regex(when('cel.bind(a, category + category, a + a == "")'), /Expected a condition without `bind`/);
});

test('comprehensions go two deep and no deeper, one after the other or one in the other', (t) => {
  t.is(when('["a"].exists(a, ["b"].exists(b, a == b && a == category))'), 'no fault');
  t.regex(
    when('[1].exists(a, [2].exists(b, [3].exists(c, a == b && b == c)))'),
    /Expected comprehensions no more than 2 deep/,
  );
  t.regex(when('[1].map(a, a).map(b, b).exists(c, c == 1)'), /Expected comprehensions no more than 2 deep/);
});

test('a condition of too many parts or levels is refused', (t) => {
  t.regex(when(`${'1+'.repeat(1500)}1 > 0`), /Exceeded maxAstNodes \(2000\)/);
  t.regex(when(`${'('.repeat(60)}true${')'.repeat(60)}`), /Exceeded maxDepth \(50\)/);
  t.regex(when(`${' '.repeat(4000)}true`), /Expected `when` to be a condition of 1 to 4000 characters/);
});

test('each wrong value is told with its file, line, rule, what was expected and what it was', (t) => {
  const wrong =
    '  route: {queue: Cards & Co, priority: asap, slaMinutes: 0, handler: robot, template: ../secret}';
  const faults = faultOf(rule(`  when: category == "credit_card"\n${wrong}`)).split('\n');

  t.is(faults.length, 5);
  t.is(
    faults[1],
    'rules.yaml:3: Rule cards: Expected `priority` to be low, normal, high or urgent, got "asap".',
  );
  for (const [index, value] of ['"Cards & Co"', '"asap"', '"robot"', '"../secret"', '0'].entries())
    t.true(faults[index]?.startsWith('rules.yaml:3: Rule cards: Expected ') && faults[index].includes(value));
});

test('a key that nobody knows is refused at its own line', (t) => {
  const faults = faultOf(
    rule(`  when: category == "credit_card"\n  wen: true\n${route.replace('}', ', sla: 3}')}`),
  );

  t.deepEqual(faults.split('\n'), [
    'rules.yaml:3: Rule cards: Expected only name, when, route, got `wen`.',
    'rules.yaml:4: Rule cards: Expected only queue, priority, handler, template, slaMinutes, dueIn, got `sla`.',
  ]);
});

test('a rule without a condition or a route is refused', (t) => {
  t.is(
    faultOf(rule(route)),
    'rules.yaml:1: Rule cards: Expected `when` to be a condition of 1 to 4000 characters, got nothing.',
  );
  t.regex(faultOf(rule('  when: confidence > 0.5')), /Expected `route` to be .*, got nothing\./);
  t.regex(faultOf(`- 7\n${last}`), /rules\.yaml:1: Rule number 1: Expected name, when, route, got 7\./);
});

test('a time is given one way, in minutes or as a duration', (t) => {
  const timed = (time: string) =>
    faultOf(
      rule(`  when: confidence > 0.5
  route: {queue: cards, priority: high, ${time} handler: human, template: general}`),
    );

  t.is(timed('slaMinutes: 1,'), 'no fault');
  t.is(timed('dueIn: P1DT12H,'), 'no fault');
  t.regex(timed(''), /Expected either `slaMinutes` or `dueIn`, got neither\./);
  t.regex(timed('slaMinutes: 1, dueIn: P1D,'), /Expected either `slaMinutes` or `dueIn`, got both\./);
  for (const wrong of ['P1M', 'P1Y', 'PT', 'P', 'PT0M', 'P400D', '2 days', 'PT1H1D', 'P1W2D'])
    t.regex(timed(`dueIn: ${wrong},`), /Expected `dueIn` to be weeks, days, hours/, wrong);
});

test('the last rule matches always, and no other does', (t) => {
  t.is(
    faultOf(`- name: cards\n  when: category == "credit_card"\n${route}`),
    'rules.yaml:2: Rule cards: Expected the last rule to match always (`when: true`), got `category == "credit_card"`.',
  );
  t.regex(
    faultOf(rule(`  when: "true"\n${route}`)),
    /:2: Rule cards: Expected only the last rule to match always/,
  );
});

test('two rules never share a name', (t) => {
  t.is(
    faultOf(`${last}${last}`).split('\n').at(-1),
    'rules.yaml:6: Rule default: Expected a name of its own, got that of a rule above.',
  );
});

test('a file without rules, with too many, or that is no YAML is refused', (t) => {
  t.is(faultOf(''), 'rules.yaml:1: Expected a list of 1 to 500 rules, got something else.');
  t.is(faultOf('[]'), 'rules.yaml:1: Expected a list of 1 to 500 rules, got 0.');
  t.is(faultOf('- a\n'.repeat(501)), 'rules.yaml:1: Expected a list of 1 to 500 rules, got 501.');
  t.regex(faultOf('- name: a\n  name: b\n'), /^rules\.yaml:2: Map keys must be unique/);
  t.regex(faultOf('- {name: a'), /^rules\.yaml:1: /);
  t.regex(faultOf('- *nobody'), /^rules\.yaml:1: /);
});

test('five hundred rules are not too many', (t) => {
  const many = Array.from(
    {length: 499},
    (_, index) => `- name: rule-${index}\n  when: confidence > 0.${index}\n${route}\n`,
  );

  t.is(readRules(many.join('') + last, 'rules.yaml').rules.length, 500);
});
