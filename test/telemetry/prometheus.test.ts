/** What the alert rules and the dashboard ask for is what DIP sends, under the names that Prometheus gives it. */
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import * as api from '@opentelemetry/api';
import test from 'ava';
import {parseDocument} from 'yaml';
import type {Service} from '#kit';
import {beginMeasuring} from '../../services/kit/telemetry/metrics.ts';

const project = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(project, file), 'utf8');

interface Sent {
  readonly name: string;
  readonly unit: string;
  readonly kind: 'counter' | 'histogram' | 'gauge';
}

/** Every instrument that the kit makes, and every gauge of a service. */
const sent = [...instrumentsOfKit(), ...(await gaugesOfServices())];

/** Prometheus' names of all of it. */
const series = new Set(sent.flatMap(seriesOf));

const rules: Rules = parseDocument(read('config/monitoring/alerts.yaml')).toJS();
const dashboard: Dashboard = JSON.parse(read('config/monitoring/grafana-dashboard.json'));

interface Rules {
  readonly spec: {
    readonly groups: readonly {
      readonly rules: readonly {
        readonly alert: string;
        readonly expr: string;
        readonly annotations: object;
      }[];
    }[];
  };
}

interface Dashboard {
  readonly panels: readonly {
    readonly id: number;
    readonly title: string;
    readonly targets: readonly {readonly expr: string}[];
  }[];
}

const queries = [
  ...rules.spec.groups.flatMap((group) => group.rules.map(({alert, expr}) => ({title: alert, expr}))),
  ...dashboard.panels.flatMap(({title, targets}) => targets.map(({expr}) => ({title, expr}))),
];

for (const [index, {title, expr}] of queries.entries()) {
  test(`query ${index + 1}, "${title}", asks for what is sent`, (t) => {
    const {metrics, labels} = namesIn(expr);

    t.true(metrics.length > 0);
    for (const name of metrics) t.true(series.has(name), `${name} is none of ${[...series].join(', ')}`);
    for (const name of labels)
      t.true(attributes.has(name), `${name} is none of ${[...attributes].join(', ')}`);
  });
}

test('all gauges of the services are on the dashboard, and watched', async (t) => {
  for (const gauge of (await gaugesOfServices()).flatMap(seriesOf)) {
    t.true(
      dashboard.panels.some(({targets}) => targets.some(({expr}) => expr.includes(gauge))),
      gauge,
    );
    t.true(
      rules.spec.groups.some((group) => group.rules.some(({expr}) => expr.includes(gauge))),
      gauge,
    );
  }
});

test('names are translated as Prometheus does', (t) => {
  t.deepEqual(seriesOf({name: 'a.b_c', unit: '{letter}', kind: 'gauge'}), ['a_b_c']);
  t.deepEqual(seriesOf({name: 'a.b', unit: 's', kind: 'gauge'}), ['a_b_seconds']);
  t.deepEqual(seriesOf({name: 'a.b', unit: '{x}', kind: 'counter'}), ['a_b_total']);
  t.deepEqual(seriesOf({name: 'a', unit: 's', kind: 'histogram'}).at(0), 'a_seconds_bucket');
  t.deepEqual(namesIn('sum by (x_y) (rate(a_b_total{c_d=~"e_f"}[5m] offset 1h)) > 0.1'), {
    metrics: ['a_b_total'],
    labels: ['x_y', 'c_d'],
  });
});

/**
 * The names of Prometheus' series for an instrument, after OpenTelemetry's "Prometheus and OpenMetrics compatibility":
 * what is no letter, digit or underscore is an underscore, the unit is written out, units in curly brackets are not.
 */
function seriesOf({name, unit, kind}: Sent): string[] {
  const units: Readonly<Record<string, string>> = {s: '_seconds', By: '_bytes'};
  const suffix = unit.startsWith('{') ? '' : units[unit];
  if (suffix === undefined) throw new Error(`${name} has the unit ${unit}, which nobody wrote out here.`);
  const translated = `${name.replaceAll(/\W/g, '_')}${suffix}`;
  if (kind === 'counter') return [`${translated}_total`];
  return kind === 'gauge' ? [translated] : ['bucket', 'count', 'sum'].map((part) => `${translated}_${part}`);
}

/** The labels that Prometheus has of the attributes which the kit sets, and those of its own. */
const attributes = new Set([
  ...['le', 'job', 'instance'],
  ...readdirSync(path.join(project, 'services/kit/telemetry')).flatMap((file) =>
    [...read(`services/kit/telemetry/${file}`).matchAll(/'([a-z_]+(?:\.[a-z_]+)+)'/g)].map(([, name = '']) =>
      name.replaceAll('.', '_'),
    ),
  ),
]);

/** The series and the labels that an expression of PromQL names. */
function namesIn(expr: string): {metrics: string[]; labels: string[]} {
  const bare = expr.replaceAll(/"[^"]*"/g, '""').replaceAll(/\[[^\]]*\]/g, '');
  const lists = [...bare.matchAll(/\b(?:by|without|on|ignoring) \(([^)]*)\)/g)].map(([, list = '']) => list);
  const matchers = [...bare.matchAll(/\{([^}]*)\}/g)].map(([, list = '']) => list);
  const rest = bare
    .replaceAll(/\b(?:by|without|on|ignoring) \([^)]*\)/g, '')
    .replaceAll(/\{[^}]*\}/g, '')
    .replaceAll(/\boffset \w+/g, '');
  const words = [...rest.matchAll(/\b([a-z]\w*)\b(?!\s*\()/g)].map(([, word = '']) => word);
  return {
    metrics: words.filter((word) => !['or', 'and', 'unless'].includes(word)),
    labels: [...lists, ...matchers].flatMap((list) => [...list.matchAll(/[a-z]\w*/g)].map(([word]) => word)),
  };
}

/** What the kit asks of OpenTelemetry's meter when it begins to measure. */
function instrumentsOfKit(): Sent[] {
  const made: Sent[] = [];
  const silent = api.createNoopMeter();
  function noting<Instrument>(kind: Sent['kind'], make: (name: string) => Instrument) {
    return (name: string, {unit = ''}: {unit?: string} = {}): Instrument => {
      made.push({name, unit, kind});
      return make(name);
    };
  }
  const meter: api.Meter = Object.assign(Object.create(silent), {
    createCounter: noting('counter', (name) => silent.createCounter(name)),
    createUpDownCounter: noting('gauge', (name) => silent.createUpDownCounter(name)),
    createHistogram: noting('histogram', (name) => silent.createHistogram(name)),
  });
  beginMeasuring({...api, metrics: Object.assign(Object.create(api.metrics), {getMeter: () => meter})})();
  return made;
}

async function gaugesOfServices(): Promise<Sent[]> {
  const folders = readdirSync(path.join(project, 'services'), {withFileTypes: true});
  const loaded = folders
    .filter((folder) => folder.isDirectory())
    .map((folder) => path.join(project, 'services', folder.name))
    .filter((folder) => readdirSync(folder).includes('service.ts'))
    .map(async (folder) => {
      const {default: service}: {default: Service} = await import(
        pathToFileURL(path.join(folder, 'service.ts')).href
      );
      return (service.gauges ?? []).map(({name, unit}): Sent => ({name, unit, kind: 'gauge'}));
    });
  return (await Promise.all(loaded)).flat();
}
