/** What a service needs where a pod's disk goes with the pod. */
import test from 'ava';
import {door, service} from '#kit';
import {allServices} from '../../services/cli/manifests/all-services.ts';
import {postgres, withPostgres} from '../state/databases.ts';
import {child} from './child.ts';
import {anyAnswer, letterAnswered, letterWritten} from './letters.ts';
import {deliver, letter, serving} from './serving.ts';

const cli = '../../services/cli/start.mjs';
const onKubernetes = {KUBERNETES_SERVICE_HOST: '10.0.0.1', HOST: '127.0.0.1', PORT: '0'};

const stateful = (await allServices()).filter(
  ({tables, once, saysAtDoors}) => tables !== undefined || once === 'stored' || saysAtDoors,
);
for (const {name} of stateful) {
  test(`${name} does not start without a database, and says so in one sentence`, async (t) => {
    const {code, stdout, stderr} = await child(t, cli, ['serve', name], onKubernetes).ended;

    t.is(code, 78);
    t.is(stdout, '');
    t.regex(stderr, new RegExp(`^${name}: DATABASE_URL is not set: [^\\n]+\\.\\n$`));
  });
}

if (withPostgres()) {
  test('a service that keeps state does not start without a store either, and says so in one sentence', async (t) => {
    const env = {...onKubernetes, DATABASE_URL: await (await postgres()).newDatabase()};

    const {code, stderr} = await child(t, cli, ['serve', 'ingestion'], env).ended;

    t.is(code, 78);
    t.regex(stderr, /^ingestion: BLOBS_URL is not set: [^\n]+\.\n$/);
  });
}

test('a service that keeps nothing starts with nothing, and hears of it only when it asks for words', async (t) => {
  const pure = service({
    name: 'pure',
    receives: letterWritten,
    replies: [letterAnswered],
    once: 'pure',
    async handle({data}, {blobs}) {
      return letterAnswered({documentId: data.documentId, answer: String(await blobs.read('documents/x'))});
    },
    routes: {
      'GET /hello': door({role: 'submit', answers: anyAnswer, handle: async () => 'hello'}),
    },
  });
  const {url, ask} = await serving(t, pure, {isOnKubernetes: true});

  const hello = await ask('/hello');
  const answer = await deliver(url, letter('1'));

  t.is(hello.body.toString(), 'hello');
  t.is(answer.status, 500);
  t.regex(String(answer.body), /BLOBS_URL is not set/);
});
