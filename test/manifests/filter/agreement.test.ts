import test from 'ava';
import fc from 'fast-check';
import {compile} from '../../../services/manifests/filter/compile.ts';
import {type Attributes, matches, type Verdict} from '../../../services/manifests/filter/filter.ts';

const names = ['type', 'source', 'subject', 'time', 'datamediatype', 'ext', 'num', 'flag'];
const texts = ['a', 'ab', 'b', '7', 'true', '2026-01-02T03:04:05Z', 'text/plain'];

const pairs = fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...texts), {minKeys: 1, maxKeys: 3});
const {item} = fc.letrec((tie) => ({
  item: fc.oneof(
    {depthSize: 'small', withCrossShrink: true},
    fc.record({exact: pairs}),
    fc.record({prefix: pairs}),
    fc.record({suffix: pairs}),
    fc.record({not: tie('item')}),
    fc.record({all: fc.array(tie('item'), {minLength: 1, maxLength: 3})}),
    fc.record({any: fc.array(tie('item'), {minLength: 1, maxLength: 3})}),
  ),
}));
const spec = fc.record({
  filters: fc.array(item, {maxLength: 3}),
  filter: fc.record({attributes: fc.dictionary(fc.constantFrom(...names), fc.constantFrom('', ...texts))}),
});
const attributes: fc.Arbitrary<Attributes> = fc.record(
  {
    specversion: fc.constant('1.0'),
    id: fc.constant('e'),
    type: fc.constantFrom(...texts),
    source: fc.constantFrom(...texts),
    subject: fc.constantFrom('', ...texts),
    time: fc.constantFrom('2026-01-02T03:04:05Z', '2026-01-02T04:04:05.000+01:00'),
    datacontenttype: fc.constantFrom('text/plain; charset=utf-8', 'application/json'),
    ext: fc.constantFrom('', ...texts),
    num: fc.constantFrom(7, -7),
    flag: fc.boolean(),
  },
  {requiredKeys: ['specversion', 'id', 'type', 'source']},
);

test('the answer and the reasons for it never differ', (t) => {
  let passed = 0;

  fc.assert(
    fc.property(spec, attributes, (someSpec, someAttributes) => {
      const filter = compile(someSpec);
      const answer = matches(filter, someAttributes);
      passed += Number(answer);
      return answer === filter.explain(someAttributes).pass;
    }),
    {numRuns: 5000},
  );
  t.true(passed > 250 && passed < 4750, `${passed} of 5000 passed, so the property says little`);
});

test("every branch of a verdict follows from its own children's answers", (t) => {
  fc.assert(
    fc.property(spec, attributes, (someSpec, someAttributes) =>
      follows(compile(someSpec).explain(someAttributes)),
    ),
    {numRuns: 2000},
  );
  t.pass();
});

function follows({pass, dialect, children = []}: Verdict): boolean {
  if (!children.every(follows)) return false;
  if (children.length === 0) return true;
  const passes = children.map((child) => child.pass);
  if (dialect === 'any') return pass === passes.includes(true);
  return pass === (dialect === 'not' ? passes.includes(false) : !passes.includes(false));
}
