import test from 'ava';
import {compile, type FilterSpec} from '../../../services/manifests/filter/compile.ts';
import {type Attributes, matches} from '../../../services/manifests/filter/filter.ts';

const ingested: Attributes = {
  specversion: '1.0',
  id: 'e1',
  source: '/services/ingestion',
  type: 'com.dip.document.ingested',
  datacontenttype: 'Application/JSON; charset=utf-8',
  num: 7,
  flag: true,
};

const passes = (spec: FilterSpec, attributes: Attributes) => matches(compile(spec), attributes);

test('a trigger without filters hears every event', (t) => {
  for (const spec of [
    {},
    {filters: []},
    {filter: {}},
    {filter: {attributes: {}}},
    {filters: null, filter: null},
  ]) {
    t.true(passes(spec, ingested), JSON.stringify(spec));
  }
});

test('filters win over the older form, unless they are empty', (t) => {
  const filter = {attributes: {type: 'other'}};

  t.true(passes({filters: [{exact: {id: 'e1'}}], filter}, ingested));
  t.false(passes({filters: [], filter}, ingested));
});

test('all filters of the list must hold', (t) => {
  t.true(passes({filters: [{prefix: {type: 'com.dip.'}}, {suffix: {type: '.ingested'}}]}, ingested));
  t.false(passes({filters: [{prefix: {type: 'com.dip.'}}, {suffix: {type: '.received'}}]}, ingested));
});

test('numbers and booleans compare as their canonical text', (t) => {
  t.true(passes({filters: [{exact: {num: '7', flag: 'true'}}]}, ingested));
  t.true(passes({filter: {attributes: {num: '7', flag: ''}}}, ingested));
  t.false(passes({filters: [{exact: {num: '7.0'}}]}, ingested));
});

test('an absent attribute of the specification reads as empty, an absent extension fails', (t) => {
  t.true(passes({filters: [{not: {exact: {subject: 'doc-1'}}}]}, ingested));
  t.false(passes({filter: {attributes: {subject: ''}}}, ingested));
  t.false(passes({filters: [{prefix: {nope: 'x'}}]}, ingested));
  t.false(passes({filter: {attributes: {constructor: ''}}}, ingested));
});

test('times compare in UTC without trailing zeros, and an absent one is the zero time', (t) => {
  const at = (time: string) =>
    passes({filters: [{exact: {time: '2026-01-02T03:04:05.12Z'}}]}, {...ingested, time});

  t.true(at('2026-01-02T03:04:05.12Z'));
  t.true(at('2026-01-02T04:04:05.120000+01:00'));
  t.false(at('2026-01-02T03:04:05.13Z'));
  t.true(passes({filters: [{exact: {time: '0001-01-01T00:00:00Z'}}]}, ingested));
});

test("schemaurl and datamediatype are Knative's names for parts of other attributes", (t) => {
  t.true(passes({filters: [{exact: {datamediatype: 'application/json'}}]}, ingested));
  t.true(passes({filters: [{exact: {schemaurl: 'urn:a'}}]}, {...ingested, dataschema: 'urn:a'}));
});

test('a verdict says which comparison failed, where, and what it saw', (t) => {
  const filter = compile({filters: [{all: [{exact: {id: 'e1'}}, {not: {prefix: {type: 'com.'}}}]}]});

  t.deepEqual(filter.explain(ingested), {
    pass: false,
    dialect: 'filters',
    path: 'filters',
    children: [
      {
        pass: false,
        dialect: 'all',
        path: 'filters[0].all',
        children: [
          {
            pass: true,
            dialect: 'exact',
            path: 'filters[0].all[0].exact',
            attribute: 'id',
            expected: 'e1',
            actual: 'e1',
          },
          {
            pass: false,
            dialect: 'not',
            path: 'filters[0].all[1].not',
            children: [
              {
                pass: true,
                dialect: 'prefix',
                path: 'filters[0].all[1].not.prefix',
                attribute: 'type',
                expected: 'com.',
                actual: 'com.dip.document.ingested',
              },
            ],
          },
        ],
      },
    ],
  });
});

test('a comparison of several attributes gives a reason for each', (t) => {
  const verdict = compile({filter: {attributes: {id: 'e1', ext: 'x'}}}).explain(ingested);

  t.false(verdict.pass);
  t.deepEqual(
    verdict.children?.map(({pass, attribute, actual}) => [pass, attribute, actual]),
    [
      [true, 'id', 'e1'],
      [false, 'ext', null],
    ],
  );
});

const refused: readonly (readonly [FilterSpec, string])[] = [
  [{filters: [{exact: {Type: 'x'}}]}, 'filters[0].exact.Type is "x": an attribute name is'],
  [
    {filters: [{all: [{suffix: {'my-ext': 'x'}}]}]},
    'filters[0].all[0].suffix.my-ext is "x": an attribute name is',
  ],
  [{filter: {attributes: {'123': 'x'}}}, 'filter.attributes.123 is "x": an attribute name is'],
  [{filters: [{exact: {num: 7}}]}, 'filters[0].exact.num is 7: it must be text: put it in quotes'],
  [
    {filters: [{exact: {a: 'x'}, suffix: {a: 'y'}}]},
    'it holds exact and suffix: give each an item of its own',
  ],
  [{filters: [{not: {}, exact: {a: 'x'}}]}, 'it holds exact and not'],
  [{filters: {exact: {a: 'x'}}}, 'it must be a list: start each item with a dash'],
  [{filters: [{any: {exact: {a: 'x'}}}]}, 'filters[0].any is {"exact":{"a":"x"}}: it must be a list'],
  [{filters: [{equals: {a: 'x'}}]}, 'filters[0].equals is {"a":"x"}: there is no such dialect'],
  [{filter: {type: 'x'}}, 'filter.type is "x": a filter has no such field'],
  [{filters: ['type']}, 'filters[0] is "type": it must be a mapping'],
  [{filters: [{cesql: "type = 'x'"}]}, 'filters[0].cesql is "type = \'x\'": CESQL is not supported yet'],
  [{filters: [{exact: {a: ''}}]}, 'filters[0] is {"exact":{"a":""}}: it asks nothing'],
  [{filters: [{}]}, 'filters[0] is {}: it asks nothing'],
  [{filters: [{all: []}]}, 'filters[0] is {"all":[]}: it asks nothing'],
  [{filters: [{not: {all: []}}]}, 'filters[0].not is {"all":[]}: it negates a filter that asks nothing'],
  [{filters: [{not: {exact: {}}}]}, 'filters[0].not is {"exact":{}}: it negates a filter that asks nothing'],
];

for (const [spec, sentence] of refused) {
  test(`${JSON.stringify(spec)} is refused by a sentence that names the field`, (t) => {
    const {message} = t.throws(() => compile(spec), {instanceOf: TypeError});

    t.true(message.includes(sentence), message);
  });
}
