import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {decodeJwt} from 'jose';
import {startLocal} from '#local';
import {putToken} from '../console/desk.ts';
import {temporaryFolder} from './folder.ts';
import {ask, event} from './gateway/asking.ts';
import {subscriber} from './subscriber.ts';

const metadata = (name: string) => ({name, namespace: 'dip'});

/** A DIP that listens to more than this machine, with a service that runs already. */
async function publicDip(t: ExecutionContext, host: string) {
  const folder = await temporaryFolder(t);
  const behind = await subscriber(t);
  await mkdir(path.join(folder, 'manifests'));
  const objects = {
    broker: {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', metadata: metadata('default'), spec: {}},
    service: {
      apiVersion: 'serving.knative.dev/v1',
      kind: 'Service',
      metadata: metadata('archive'),
      spec: {
        template: {
          metadata: {annotations: {'dip.dev/url': behind.url}},
          spec: {containers: [{image: 'x'}]},
        },
      },
    },
  };
  for (const [name, object] of Object.entries(objects))
    await writeFile(path.join(folder, 'manifests', `${name}.yaml`), JSON.stringify(object));
  const dataDirectory = path.join(folder, 'data');
  const said: string[] = [];
  const start = () =>
    startLocal({
      manifests: [path.join(folder, 'manifests')],
      host,
      port: 0,
      dataDirectory,
      dip: [],
      directory: folder,
      environment: process.env,
      say: (sentence) => said.push(sentence),
    });
  return {start, said, behind, tokens: path.join(dataDirectory, 'tokens')};
}

test('where others reach a DIP everything needs a token, and it says how to make one', async (t) => {
  const {start, said, behind, tokens} = await publicDip(t, '0.0.0.0');
  const local = await start();
  t.teardown(() => local.stop());
  t.regex(said.join(), /every request needs a token.*dip token create NAME --role submit --data-dir/);
  const url = local.url.replace('0.0.0.0', '127.0.0.1');
  const requests = [
    {path: '/'},
    {path: '/api/archive/documents'},
    {method: 'POST', path: '/dip/default', headers: event},
    {path: '/documents', headers: {host: 'archive.dip.svc'}},
  ];
  for (const request of requests) t.is((await ask(url, request)).status, 401, request.path);

  await mkdir(tokens);
  const ann = putToken(tokens, 'ann', {role: 'review'});
  const ola = putToken(tokens, 'ola', {role: 'operate'});
  const asked = async (token: string, request: (typeof requests)[number] = {path: '/'}) =>
    (await ask(url, {...request, headers: {...request.headers, authorization: `Bearer ${token}`}})).status;
  while ((await asked(ann)) !== 200);
  t.deepEqual(await Promise.all(requests.map((request) => asked(ann, request))), [200, 202, 403, 202]);
  t.deepEqual(await Promise.all(requests.map((request) => asked(ola, request))), [200, 202, 202, 202]);
  t.like(decodeJwt(String(behind.received[0]?.headers['dip-identity'])), {sub: 'ann', role: 'review'});
  t.is(behind.received[0]?.headers['authorization'], undefined);
});

test('a DIP that has a token says nothing of making one', async (t) => {
  const {start, said, tokens} = await publicDip(t, '0.0.0.0');
  await mkdir(tokens, {recursive: true});
  putToken(tokens, 'ann', {role: 'submit'});
  await (await start()).stop();
  t.deepEqual(said, []);
});

for (const host of ['127.0.0.1', 'localhost']) {
  test(`at ${host} nobody needs a token, and one that is shown changes nothing`, async (t) => {
    const {start, said} = await publicDip(t, host);
    const local = await start();
    t.teardown(() => local.stop());
    t.deepEqual(said, []);
    t.is((await ask(local.url, {path: '/api/archive/facts'})).status, 202);
    t.is((await ask(local.url, {path: '/', headers: {authorization: 'Bearer x'}})).status, 200);
    t.is((await ask(local.url, {method: 'POST', path: '/dip/default', headers: event})).status, 202);
  });
}
