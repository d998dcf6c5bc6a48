import test from 'ava';
import {ConfigError, entrance} from '#kit';
import {readConfig, start} from '#kit/wire';
import {deliver, letter, send, serving} from './serving.ts';

const greeter = entrance({
  name: 'greeter',
  opens: () => async (request, response) => {
    if (request.url === '/broken') throw new Error('it broke');
    if (request.url === '/cut') {
      response.writeHead(200, {'content-length': '100'}).write('half');
      throw new Error('it broke in the midst');
    }
    response.setHeader('x-path', request.url ?? '');
    response.end('hello');
  },
});

test('an entrance takes every request itself, an event too, and answers its probes', async (t) => {
  const {url} = await serving(t, greeter);
  for (const path of ['/', '/events', '/any/thing?x'])
    t.is((await send(url + path, {method: 'POST'})).headers.get('x-path'), path);
  const answer = await deliver(url, letter('1'));
  t.is(answer.body.toString(), 'hello');
  t.is(answer.reply, undefined);
  t.is((await send(`${url}/readyz`, {})).body.toString(), 'ready\n');
});

test('what breaks in an entrance is an answer, and breaks nothing else', async (t) => {
  const {url, lines} = await serving(t, greeter);
  const broken = await send(`${url}/broken`, {});
  t.is(broken.status, 500);
  t.is(broken.body.toString(), '{"error":"it broke"}');
  t.regex(lines.join(), /it broke/);
  await t.throwsAsync(send(`${url}/cut`, {}));
  t.is((await send(url, {})).status, 200);
});

test('an entrance that can not be as it is configured does not start', async (t) => {
  const picky = entrance({
    name: 'picky',
    opens: () => {
      throw new ConfigError('Expected something else.');
    },
  });
  await t.throwsAsync(start(picky, readConfig({PORT: '0'})), {instanceOf: ConfigError});
});

test('the address of services names one of them at one place', (t) => {
  const read = (url: string) => readConfig({DIP_SERVICES_URL: url}).servicesUrl;
  for (const url of [
    'http://{service}.dip.svc.cluster.local',
    'http://{service}:8080',
    'http://[::1]:80/{service}',
  ])
    t.is(read(url), url);
  t.is(read('http://127.0.0.1:1/{service}/'), 'http://127.0.0.1:1/{service}');
  const wrong = [
    'http://dip.example',
    'https://{service}.dip',
    '{service}',
    'http://{service}.{service}',
    'http://x/?{service}',
    'http://u:p@{service}',
    'http://x/#{service}',
  ];
  for (const url of wrong) t.throws(() => read(url), {message: /DIP_SERVICES_URL.*\{service\}/s}, url);
});

test('tokens are a mounted Secret on Kubernetes and with the data elsewhere', (t) => {
  const read = (environment: Record<string, string>) => readConfig(environment).tokensDirectory;
  t.is(read({DIP_DATA_DIR: '/data'}), '/data/tokens');
  t.is(read({DIP_DATA_DIR: '/data', KUBERNETES_SERVICE_HOST: '10.0.0.1'}), '/var/run/dip/tokens');
  t.is(read({DIP_TOKENS_DIR: '/tokens', KUBERNETES_SERVICE_HOST: '10.0.0.1'}), '/tokens');
});
