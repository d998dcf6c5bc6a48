/** What Knative's own broker-filter did with some filters and events, and what ours does with the same. */
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {compile, type FilterSpec} from '../../../services/manifests/filter/compile.ts';
import {type Attributes, matches} from '../../../services/manifests/filter/filter.ts';
import {skip} from '../../skip.ts';

const recorded = path.join(import.meta.dirname, '../../../../shared/knative/recorded');

const asksNothing = 'Knative drops a filter that asks nothing and delivers more than its author meant';

/** All that differs: what ours delivers, or that it is refused when it is loaded. */
const intended: readonly {filters: unknown; ours: readonly string[] | 'refused'; because: string}[] = [
  {filters: [{exact: {subject: ''}}], ours: 'refused', because: asksNothing},
  {filters: [{exact: {ext: ''}}], ours: 'refused', because: asksNothing},
  {filters: [{prefix: {type: ''}}], ours: 'refused', because: asksNothing},
  {filters: [{prefix: {subject: ''}}], ours: 'refused', because: asksNothing},
  {filters: [{prefix: {}}], ours: 'refused', because: asksNothing},
  {filters: [{suffix: {type: ''}}], ours: 'refused', because: asksNothing},
  {filters: [{suffix: {ext: ''}}], ours: 'refused', because: asksNothing},
  {filters: [{suffix: {}}], ours: 'refused', because: asksNothing},
  {filters: [{all: []}], ours: 'refused', because: asksNothing},
  {filters: [{}], ours: 'refused', because: asksNothing},
  {filters: [{exact: {type: ''}}, {exact: {source: '/s'}}], ours: 'refused', because: asksNothing},
  {filters: [{all: [{exact: {type: ''}}, {exact: {type: 'a'}}]}], ours: 'refused', because: asksNothing},
  {
    filters: [{suffix: {subject: '☃'}}],
    ours: ['e7'],
    because: 'Knative damages characters beyond ASCII on their way to the filter; here they stay whole',
  },
];

interface Row {
  readonly spec: FilterSpec;
  readonly admission: string;
  readonly delivered: readonly string[];
  readonly crashes?: boolean;
}

if (existsSync(recorded)) {
  const events = eventsOf(readFileSync(path.join(recorded, 'events.json'), 'utf8'));
  const rows = readFileSync(path.join(recorded, 'filters-mt.jsonl'), 'utf8').trimEnd().split('\n');
  for (const text of rows) {
    const row: Row = JSON.parse(text);
    if (!text.includes('"cesql"'))
      test(`as Knative does: ${JSON.stringify(row.spec)}`, (t) =>
        compare((actual, expected) => t.deepEqual(actual, expected), row, events));
  }
} else {
  test("Knative's recorded filters are there to compare with", (t) => {
    skip(t, `Knative's recorded filters are not at ${recorded}`);
  });
}

function compare(
  equal: (actual: unknown, expected: unknown) => void,
  row: Row,
  events: Map<string, Attributes>,
) {
  const knative = row.admission === 'accepted' && row.crashes !== true ? row.delivered : 'refused';
  const difference = intended.find(({filters}) => JSON.stringify({filters}) === JSON.stringify(row.spec));
  equal(ours(row.spec, events), difference?.ours ?? knative);
}

function ours(spec: FilterSpec, events: Map<string, Attributes>) {
  try {
    const filter = compile(spec);
    return [...events].flatMap(([id, attributes]) => (matches(filter, attributes) ? [id] : []));
  } catch {
    return 'refused';
  }
}

function eventsOf(text: string): Map<string, Attributes> {
  const events: {id: string; headers: Record<string, string>}[] = JSON.parse(text);
  return new Map(events.map(({id, headers}) => [id, attributesOf(headers)]));
}

function attributesOf(headers: Record<string, string>): Attributes {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) =>
      name === 'content-type' ? ['datacontenttype', value] : [name.replace('ce-', ''), value],
    ),
  );
}
