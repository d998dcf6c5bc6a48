/** The owner's files of settings, as the chart has them. */
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {temporaryFolder} from '../dip-process.ts';
import {rendered, testWithHelm} from './helm.ts';
import {changes, chart, type Objects} from './objects.ts';

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

testWithHelm(
  'an organization and a model are in the ConfigMap beside each other, and each change is seen by all who read',
  async (t, helm) => {
    const folder = await temporaryFolder();
    const [organization, model] = [path.join(folder, 'organization.yaml'), path.join(folder, 'model.base64')];
    const withFiles = async (name: string, version: string) => {
      writeFileSync(organization, `name: ${name}\n`);
      // `base64` breaks lines.
      writeFileSync(
        model,
        `${Buffer.from(version.repeat(60)).toString('base64')}\n`.replace(/(.{76})/g, '$1\n'),
      );
      const files = [`organization\\.yaml=${organization}`, `categories\\.model\\.br=${model}`];
      return rendered(helm, ...files.flatMap((file) => ['--set-file', `settings.${file}`]));
    };

    const first = await withFiles('One', '1');

    const found = first.get('ConfigMap dip-settings');
    t.is(found?.get('data.organization.yaml'), 'name: One\n');
    t.is(
      Buffer.from(String(found?.get('binaryData.categories.model.br')), 'base64').toString(),
      '1'.repeat(60),
    );
    t.false(found?.has('data.categories.model.br'));
    const revisions = [...first]
      .filter(([, values]) => values.has(annotation))
      .map(([name]) => `${name} ${annotation}`);
    for (const reader of ['classification', 'ingestion', 'response', 'routing'])
      t.true(revisions.includes(`Service ${reader} ${annotation}`), reader);
    for (const [place, next] of [
      ['data.organization.yaml', await withFiles('Other', '1')],
      ['binaryData.categories.model.br', await withFiles('One', '2')],
    ] as const)
      t.deepEqual(Object.keys(changes(first, next)).sort(), [
        `ConfigMap dip-settings ${place}`,
        ...revisions.sort(),
      ]);
  },
);

testWithHelm('a volume of one’s own can be the folder, for all services at once', async (t, helm) => {
  const claim = 'volumes[0].name=own,volumes[0].persistentVolumeClaim.claimName=settings';
  const mount =
    'volumeMounts[0].name=own,volumeMounts[0].mountPath=/srv/settings,volumeMounts[0].readOnly=true';
  const objects = await rendered(helm, '--set', `${claim},${mount},env.DIP_SETTINGS_DIR=/srv/settings`);

  for (const name of ['classification', 'ingestion', 'response', 'routing']) {
    const said = [...(objects.get(`Service ${name}`)?.values() ?? [])];
    t.is(said.filter((value) => value === '/srv/settings').length, 2, name);
    t.true(said.includes('DIP_SETTINGS_DIR'), name);
  }
});

testWithHelm('a model that is no Base64 is refused', async (t, helm) => {
  const {code, stderr} = await helm(
    'template',
    'dip',
    chart,
    '--set',
    'settings.categories\\.model=DIP{MODEL}',
  );

  t.not(code, 0);
  t.regex(stderr, /categories\.model/);
});

testWithHelm('who reads settings mounts the ConfigMap, which need not be there', async (t, helm) => {
  const objects = await rendered(helm);

  for (const name of ['classification', 'ingestion', 'response', 'routing'])
    t.true(mounting(objects).includes(`Service ${name}`), name);
  for (const name of mounting(objects))
    t.true([...(objects.get(name)?.values() ?? [])].includes('/var/run/dip/settings'), name);
});

testWithHelm('a file that no service reads is refused', async (t, helm) => {
  const {code, stderr} = await helm('template', 'dip', chart, '--set', 'settings.rule\\.yaml=x');

  t.not(code, 0);
  t.regex(stderr, /'rule\.yaml' does not match/);
});
