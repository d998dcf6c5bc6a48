import {readFileSync} from 'node:fs';
import test from 'ava';
import fc from 'fast-check';
import {routingDecided, signals} from '#events';
import type {Circumstances} from '../../services/routing/condition.ts';
import {decide} from '../../services/routing/decide.ts';
import {readRules} from '../../services/routing/rules.ts';

const file = new URL('../../services/routing/rules.yaml', import.meta.url);
const shipped = readRules(readFileSync(file, 'utf8'), 'rules.yaml');
const now = new Date('2026-01-14T09:00:00.000Z');

const circumstances = (some: Partial<Circumstances>): Circumstances => ({
  category: 'mortgage',
  confidence: 0.91,
  language: 'en',
  correction: 0,
  signals: [],
  reply: false,
  ...some,
});
const ruleFor = (some: Partial<Circumstances>) => decide(shipped, circumstances(some), now).rule;

const rulesOf = (...conditions: string[]) =>
  readRules(
    [...conditions, 'true']
      .map(
        (condition, index) => `- name: rule-${index + 1}
  when: ${JSON.stringify(condition)}
  route: {queue: a, priority: low, slaMinutes: 90, handler: automatic, template: general}
`,
      )
      .join(''),
    'rules.yaml',
  );

test('the first rule that matches decides', (t) => {
  const ruleset = rulesOf('confidence > 0.95', 'confidence > 0.5', 'confidence > 0.1');

  t.is(decide(ruleset, circumstances({}), now).rule, 'rule-2');
});

test('a decision has everything that the fact wants', (t) => {
  const {failed, ...decision} = decide(shipped, circumstances({}), now);

  t.deepEqual(failed, []);
  t.deepEqual(decision, {
    queue: 'lending',
    priority: 'high',
    dueAt: '2026-01-17T09:00:00.000Z',
    handler: 'human',
    template: 'mortgage',
    rule: 'mortgage',
    ruleset: shipped.hash,
    read: {category: 'mortgage'},
    signals: [],
  });
});

test('the same document, rules and time get the same decision', (t) => {
  t.deepEqual(decide(shipped, circumstances({}), now), decide(shipped, circumstances({}), now));
});

test('a deadline is counted from the time given', (t) => {
  const {dueAt} = decide(rulesOf(), circumstances({}), new Date('2026-12-31T23:00:00.000Z'));

  t.is(dueAt, '2027-01-01T00:30:00.000Z');
});

test('a decision tells what its condition asked about, and nothing that it did not', (t) => {
  const ruleset = rulesOf(
    'language == "xx"',
    '["de", "en"].exists(language, language == "en") && confidence < 1.0',
  );

  t.deepEqual(decide(ruleset, circumstances({}), now).read, {confidence: 0.91});
  t.deepEqual(decide(rulesOf(), circumstances({}), now).read, {});
});

test('what a document has not is told as null, and seen by a condition as empty or zero', (t) => {
  const ruleset = rulesOf('category == "" && confidence == 0.0 && language == "" && correction == 0');

  const {rule, read} = decide(
    ruleset,
    {category: null, confidence: null, language: null, correction: 0, signals: [], reply: false},
    now,
  );

  t.is(rule, 'rule-1');
  t.deepEqual(read, {category: null, confidence: null, language: null, correction: 0});
});

test('a rule whose condition breaks does not match, and is told about', (t) => {
  const ruleset = rulesOf('1 / correction > 0', 'confidence > 0.5');

  const {rule, failed} = decide(ruleset, circumstances({}), now);

  t.is(rule, 'rule-2');
  t.is(failed.length, 1);
  t.regex(failed[0] ?? '', /^Rule "rule-1" was passed over: division by zero/);
});

test('an unclassified document goes to a person', (t) => {
  const {rule, queue, handler, template} = decide(
    shipped,
    circumstances({category: null, confidence: 0.3}),
    now,
  );

  t.deepEqual(
    {rule, queue, handler, template},
    {
      rule: 'unclassified',
      queue: 'triage',
      handler: 'human',
      template: 'general',
    },
  );
});

test('a doubtful category goes to a person, unless a person has said it', (t) => {
  t.is(ruleFor({confidence: 0.59}), 'low-confidence');
  t.is(ruleFor({confidence: null}), 'low-confidence');
  t.is(ruleFor({confidence: 0.6}), 'mortgage');
  t.is(ruleFor({confidence: null, correction: 1}), 'mortgage');
});

test('a document in another language goes to a person who reads it', (t) => {
  t.is(ruleFor({language: 'es'}), 'other-language');
  t.is(ruleFor({language: null}), 'mortgage');
});

test('a letter goes out unread only where the category is as good as certain', (t) => {
  const handlerOf = (some: Partial<Circumstances>) => decide(shipped, circumstances(some), now).handler;

  t.is(handlerOf({category: 'credit_card', confidence: 0.9}), 'automatic');
  t.is(handlerOf({category: 'credit_card', confidence: 0.89}), 'human');
  t.is(handlerOf({category: 'credit_card', confidence: null, correction: 2}), 'automatic');
  t.is(handlerOf({category: 'debt_collection', confidence: 1}), 'human');
});

test('a category that the rules do not know falls to the last one', (t) => {
  t.is(ruleFor({category: 'car_insurance'}), 'default');
});

test('whatever the circumstances, the decision fits the fact', (t) => {
  const any = fc.record({
    category: fc.constantFrom(null, 'mortgage', 'credit_card', 'money_transfer', 'car_insurance'),
    confidence: fc.oneof(fc.constant(null), fc.double({min: 0, max: 1, noNaN: true})),
    language: fc.constantFrom(null, 'en', 'es', 'deu'),
    correction: fc.nat(5),
    signals: fc.subarray(Object.keys(signals)),
    reply: fc.boolean(),
  });

  fc.assert(
    fc.property(any, (some) => {
      const {failed, ...decision} = decide(shipped, some, now);
      const {reply, ...told} = some;
      t.deepEqual(failed, []);
      t.true((some.signals.length === 0 && !reply) || decision.handler === 'human');
      t.deepEqual(routingDecided.faults({...routingDecided.example, ...told, ...decision}), []);
    }),
    {seed: 7, numRuns: 200},
  );
});

test('with a signal no rule makes an answer automatic, or puts it off', (t) => {
  const careless = rulesOf('confidence > 0.5');

  const at = (signal: string) => decide(careless, circumstances({signals: [signal]}), now);

  t.like(decide(careless, circumstances({}), now), {handler: 'automatic', priority: 'low'});
  t.like(at('self-harm'), {handler: 'human', priority: 'urgent', signals: ['self-harm']});
  t.like(at('death'), {handler: 'human', priority: 'high'});
  t.like(at('one-of-a-later-version'), {handler: 'human', priority: 'high'});
});

test('every signal has a rule before all others, a queue of its own and a letter without cheer', (t) => {
  for (const signal of Object.keys(signals)) {
    const {queue, template, priority} = decide(shipped, circumstances({signals: [signal]}), now);

    t.true(['at-risk', 'legal', 'care'].includes(queue), signal);
    t.true(['at_risk', 'legal', 'care'].includes(template), signal);
    t.true(['high', 'urgent'].includes(priority), signal);
  }
});

test('what continues a case goes to the queue that the case lies in, and no rule answers it by itself', (t) => {
  const careless = rulesOf('confidence > 0.5');

  const at = (some: Partial<Circumstances>, queue?: string) =>
    decide(careless, circumstances(some), now, queue);

  t.like(at({}), {queue: 'a', handler: 'automatic'});
  t.like(at({reply: true}, 'lending'), {queue: 'lending', handler: 'human'});
  t.like(at({reply: true}), {queue: 'a', handler: 'human'});
});

test('a reply that tells of a person at risk goes where the rules send such letters', (t) => {
  const {queue} = decide(shipped, circumstances({reply: true, signals: ['self-harm']}), now, 'lending');

  t.is(queue, 'at-risk');
});

test('a rule can ask whether a document continues a case', (t) => {
  const ruleset = rulesOf('reply');

  t.is(decide(ruleset, circumstances({reply: true}), now).rule, 'rule-1');
  t.deepEqual(decide(ruleset, circumstances({reply: false}), now).rule, 'rule-2');
});
