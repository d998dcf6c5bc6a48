/** The owner's files of settings, as the chart has them. */
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {temporaryFolder} from '../dip-process.ts';
import {rendered, testWithHelm} from './helm.ts';
import {changes, type Objects} from './objects.ts';

const mounting = (objects: Objects) =>
  [...objects]
    .filter(([, values]) =>
      [...values].some(([at, value]) => at.endsWith('.configMap.name') && value === 'dip-settings'),
    )
    .map(([name]) => name)
    .sort();
const annotation = 'spec.template.metadata.annotations.dip.dev/settings';

testWithHelm(
  'a file of settings is in the ConfigMap as it is, and who reads it gets a new Revision with each change',
  async (t, helm) => {
    const file = path.join(await temporaryFolder(), 'rules.yaml');
    const withRules = async (rules: string) => {
      writeFileSync(file, rules);
      return rendered(helm, '--set-file', `settings.rules\\.yaml=${file}`);
    };

    const one = await withRules('- a: "b"\n');
    const other = await withRules('- a: "c"\n');

    t.is(one.get('ConfigMap dip-settings')?.get('data.rules.yaml'), '- a: "b"\n');
    t.deepEqual(Object.keys(changes(one, other)).sort(), [
      'ConfigMap dip-settings data.rules.yaml',
      ...mounting(one).map((name) => `${name} ${annotation}`),
    ]);
    t.deepEqual(Object.keys(changes(await rendered(helm), one)).sort(), [
      'ConfigMap dip-settings',
      ...mounting(one).map((name) => `${name} ${annotation}`),
    ]);
  },
);

testWithHelm('who reads settings mounts the ConfigMap, which need not be there', async (t, helm) => {
  const objects = await rendered(helm);

  for (const name of ['classification', 'ingestion', 'response', 'routing'])
    t.true(mounting(objects).includes(`Service ${name}`), name);
  for (const name of mounting(objects))
    t.true([...(objects.get(name)?.values() ?? [])].includes('/var/run/dip/settings'), name);
});

testWithHelm('a file that no service reads is refused', async (t, helm) => {
  const {code, stderr} = await helm('template', 'dip', 'helm/dip', '--set', 'settings.rule\\.yaml=x');

  t.not(code, 0);
  t.regex(stderr, /'rule\.yaml' does not match/);
});
