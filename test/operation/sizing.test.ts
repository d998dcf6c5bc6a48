/** What docs/operation.md says of the size of DIP is what its manifests ask for. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {plainObjects, project} from '../helm/objects.ts';

const text = readFileSync(path.join(project, 'docs/operation.md'), 'utf8');
const [, list = ''] = /What the pods of (.+?)\s+request/s.exec(text) ?? [];
const named = list.split(/,\s+|\s+and\s+/);
const services = [...plainObjects('config/knative')].filter(([name]) =>
  named.some((one) => name === `Service ${one}`),
);
const template = 'spec.template';

test('the sums of what pods request are so, of the services that are named', (t) => {
  t.is(services.length, named.length);
  t.true(named.length >= 7);
  for (const [row, replicas] of [
    ['one pod of each service', () => 1],
    ['every service at its `max-scale`', mostPods],
  ] as const) {
    const sum = (name: string, unit: string) =>
      services.reduce((total, [, values]) => total + replicas(values) * amount(values, name, unit), 0);
    t.true(text.includes(`| ${row} | ${sum('cpu', 'm')}m | ${sum('memory', 'Mi')} MiB |`), row);
  }
});

function mostPods(values: ReadonlyMap<string, unknown>): number {
  return Number(values.get(`${template}.metadata.annotations.autoscaling.knative.dev/max-scale`));
}

/** @throws Error where a request has another unit, which nobody could add up. */
function amount(values: ReadonlyMap<string, unknown>, name: string, unit: string): number {
  const said = String(values.get(`${template}.spec.containers.0.resources.requests.${name}`));
  if (!said.endsWith(unit)) throw new Error(`Expected ${name} in ${unit}, got ${said}.`);
  return Number(said.slice(0, -unit.length));
}
