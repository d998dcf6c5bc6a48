import {mkdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {decodeJwt} from 'jose';
import {startLocal} from '#local';
import {putToken} from '../console/desk.ts';
import {temporaryFolder} from './folder.ts';
import {ask, event} from './gateway/asking.ts';
import {subscriber} from './subscriber.ts';

const metadata = (name: string) => ({name, namespace: 'dip'});

const sink = 'http://broker-ingress.knative-eventing.svc.cluster.local/dip/default';

/** A DIP that listens to more than this machine, with a service that runs already. */
async function publicDip(t: ExecutionContext, host: string, command?: string) {
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
          metadata: {
            annotations: command === undefined ? {'dip.dev/url': behind.url} : {'dip.dev/command': command},
          },
          spec: {containers: [{image: 'x', env: [{name: 'K_SINK', value: sink}]}]},
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

test('the port that is there for services needs a token, too, unless it is asked as their K_SINK says', async (t) => {
  const file = path.join(await temporaryFolder(t), 'sink');
  const teller = `${process.execPath} ${path.join(import.meta.dirname, 'sink-teller.ts')} ${file}`;
  const {start, tokens} = await publicDip(t, '0.0.0.0', teller);
  await mkdir(tokens, {recursive: true});
  const authorization = `Bearer ${putToken(tokens, 'ola', {role: 'operate'})}`;
  const local = await start();
  t.teardown(() => local.stop());
  const url = local.url.replace('0.0.0.0', '127.0.0.1');
  t.is((await ask(url, {path: '/api/archive/documents', headers: {authorization}})).status, 200);
  const {origin, pathname} = new URL(await readFile(file, 'utf8'));
  const post = {method: 'POST', headers: event};

  t.not(origin, url);
  t.is((await ask(origin, {...post, path: pathname})).status, 202);
  t.is((await ask(origin, {...post, path: '/dip/default'})).status, 401);
  t.is((await ask(origin, {path: '/'})).status, 401);
  const [key = ''] = pathname.split('/').slice(1);
  t.is((await ask(origin, {...post, path: pathname.replace(key, 'x'.repeat(key.length))})).status, 401);
  t.is((await ask(url, {...post, path: pathname})).status, 401, 'it opens no other port');
  t.is((await ask(origin, {path: '/', headers: {authorization}})).status, 200);
});

test('a DIP that has a token says nothing of making one', async (t) => {
  const {start, said, tokens} = await publicDip(t, '0.0.0.0');
  await mkdir(tokens, {recursive: true, mode: 0o700});
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
