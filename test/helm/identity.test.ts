/** The keys that the chart makes are keys to the kit. */
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {readKeys, signer} from '#kit/wire';
import {verifier} from '../../services/kit/identity/verifier.ts';
import {folder} from '../kit/serving.ts';
import {testWithHelm} from './helm.ts';
import {chart, objectsIn} from './objects.ts';

testWithHelm(
  'what is signed with the chart’s private half is believed by its public one',
  async (t, helm) => {
    const before = Date.now();
    const {stdout} = await helm(
      'template',
      'dip',
      chart,
      '--namespace',
      'dip',
      '--show-only',
      'templates/identity.yaml',
    );
    const secret = objectsIn(stdout).get('Secret dip-identity');
    const keys = folder(t);
    for (const half of ['private', 'public'] as const) {
      const text = Buffer.from(String(secret?.get(`data.${half}.pem`)), 'base64').toString();
      writeFileSync(path.join(keys, `${half}.pem`), text);
      const [key, ...others] = readKeys(text, half);
      t.deepEqual(others, []);
      t.true(Math.abs((key?.createdAt ?? 0) - before) < 120_000);
    }
    const quiet = {warn: () => {}};
    const person = {name: 'ann', role: 'review'} as const;
    const asked = {service: 'archive', method: 'GET', path: '/documents'};

    const token = await signer(keys, quiet)({person, ...asked}, 60_000);

    t.deepEqual(await verifier(keys, quiet)(token, asked), person);
  },
);

testWithHelm('with keys of one’s own it makes none', async (t, helm) => {
  const {stdout} = await helm(
    'template',
    'dip',
    chart,
    '--namespace',
    'dip',
    '--set',
    'identity.create=false',
  );

  t.false(objectsIn(stdout).has('Secret dip-identity'));
});
