import {readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import type {Launch} from '../../../services/local/serving/instance.ts';
import {NotStarted} from '../../../services/local/serving/revision.ts';
import {openServing} from '../../../services/local/serving/serving.ts';
import type {KnativeService} from '../../../services/manifests/manifests.ts';
import {eventOf} from '../events.ts';
import {temporaryFolder} from '../folder.ts';
import {manifestsOf, serviceOf, triggerOf} from '../manifests-of.ts';
import {runBroker} from '../running-broker.ts';

const script = path.join(import.meta.dirname, 'service-process.ts');

/** One service that behaves in some way, and what became of its processes. */
async function servingOf(
  t: ExecutionContext,
  behaviour: string,
  {parts = {}, launch = {}}: {parts?: Partial<KnativeService>; launch?: Partial<Launch>} = {},
) {
  const folder = await temporaryFolder(t);
  const starts = path.join(folder, 'starts');
  const service = serviceOf('svc', [process.execPath, script, behaviour, starts], {
    readinessPath: '/readyz',
    ...parts,
  });
  const said: string[] = [];
  const manifests = manifestsOf({
    services: [service],
    triggers: [
      triggerOf('to-svc', '', {
        subscriber: {kind: 'service', namespace: 'dip', name: 'svc', path: '/'},
      }),
    ],
  });
  const logFolder = path.join(folder, 'logs');
  const options = {environment: process.env, dip: [], directory: folder, logFolder, ...launch};
  const serving = openServing({
    manifests,
    ownUrl: () => 'http://127.0.0.1:1',
    launch: options,
    environment: {},
    say: (sentence) => void said.push(sentence),
  });
  t.teardown(() => serving.close());
  const pids = async () =>
    (await readFile(starts, 'utf8').catch(() => '')).split('\n').filter(Boolean).map(Number);
  return {serving, said, pids, manifests, launch: options, acquire: () => serving.acquire('dip', 'svc')};
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await wait(5);
}

test('requests that come at once share one start', async (t) => {
  const {acquire, pids, serving} = await servingOf(t, 'well');
  t.deepEqual(serving.scale(), {'dip/svc': 0});
  const leases = await Promise.all([acquire(), acquire(), acquire()]);
  t.is(new Set(leases.map(({url}) => url)).size, 1);
  t.is((await pids()).length, 1);
  t.is((await fetch(`${leases[0]?.url}/readyz`)).status, 200);
  t.deepEqual(serving.scale(), {'dip/svc': 1});
});

test('a service that ends at its start is said with its own words', async (t) => {
  const {acquire, pids, serving} = await servingOf(t, 'crashes');
  await t.throwsAsync(acquire(), {
    message: 'Service svc did not start: it ended with code 3: error: the model is missing',
  });
  t.deepEqual(serving.scale(), {'dip/svc': 0});
  await t.throwsAsync(acquire());
  t.is((await pids()).length, 2, 'who needs it has it tried again');
});

test('who can wait hears why a service did not start without having it tried again, and a person is told once', async (t) => {
  const {acquire, serving, pids, said} = await servingOf(t, 'crashes');
  const failed = await t.throwsAsync(acquire(), {instanceOf: NotStarted});
  const patient = () => serving.acquire('dip', 'svc', {isPatient: true});

  const told = await t.throwsAsync(patient(), {instanceOf: NotStarted, message: failed?.message ?? ''});
  t.true(Number(told?.afterMs) > 0 && Number(told?.afterMs) <= 1_000);
  t.is((await pids()).length, 1);
  const again = await t.throwsAsync(acquire(), {instanceOf: NotStarted});
  t.true(Number(again?.afterMs) > 1_000 && Number(again?.afterMs) <= 2_000, 'it is left alone for longer');
  t.is(said.length, 1, said.join('\n'));
});

test('a service whose logs were deleted starts and says why it ends, and one without a place for logs starts, too', async (t) => {
  const {acquire, launch, said} = await servingOf(t, 'well', {parts: {name: 'svc'}});
  const first = await acquire();
  await rm(launch.logFolder, {recursive: true});
  await writeFile(launch.logFolder, 'a file in its place');
  await t.throwsAsync(fetch(`${first.url}/die`));
  first.release();
  await until(() => said.some((sentence) => sentence === 'svc is gone: it was ended by SIGKILL'));

  const second = await acquire();

  t.is((await fetch(`${second.url}/x`)).status, 202);
  t.regex(said.join('\n'), /svc: What it says is not kept, as .*svc\.log can't be written: E/);
});

test('a service that can not start is not tried with each event that passes it by', async (t) => {
  const {acquire, serving, manifests} = await servingOf(t, 'crashes');
  await t.throwsAsync(acquire());
  for (const broker of manifests.brokers) serving.warm(broker);
  t.deepEqual(serving.scale(), {'dip/svc': 0});
});

test('what hears a broker is started ahead of its events, and with what a front door publishes', async (t) => {
  const parts = {env: {K_SINK: 'http://broker-ingress.knative-eventing.svc.cluster.local/dip/default'}};
  const first = await servingOf(t, 'well', {parts});
  for (const broker of first.manifests.brokers) first.serving.warm(broker);
  t.deepEqual(first.serving.scale(), {'dip/svc': 1});
  const second = await servingOf(t, 'well', {parts});
  second.serving.warmBehind('dip', 'svc');
  t.deepEqual(second.serving.scale(), {'dip/svc': 1});
});

test('a command that there is not says so', async (t) => {
  const {acquire} = await servingOf(t, 'well', {parts: {command: ['/no/such/program']}});
  await t.throwsAsync(acquire(), {message: /did not start: it ended with code 127: .*no\/such\/program/});
});

test('a service without a command says which annotation is missing', async (t) => {
  const {acquire} = await servingOf(t, 'well', {parts: {command: null}});
  await t.throwsAsync(acquire(), {message: /no annotation dip\.dev\/command \(svc\.yaml\)/});
});

test('a service that is never ready is ended, and the reason said', async (t) => {
  const {acquire, pids} = await servingOf(t, 'is never ready', {launch: {startMs: 1_000}});
  await t.throwsAsync(acquire(), {
    message: 'Service svc was not ready within 1 s: /readyz does not answer with a 2xx status.',
  });
  for (const pid of await pids()) t.false(isAlive(pid));
});

test('without a readiness path a service is ready when it listens', async (t) => {
  const {acquire} = await servingOf(t, 'is never ready', {parts: {readinessPath: null}});
  const {url} = await acquire();
  t.is((await fetch(`${url}/x`)).status, 202);
});

test('a service that was killed at work is started again by the next request', async (t) => {
  const {acquire, pids, said} = await servingOf(t, 'well');
  const first = await acquire();
  await t.throwsAsync(fetch(`${first.url}/die`));
  first.release();
  await until(() => said.some((sentence) => sentence.startsWith('svc is gone: it was ended by SIGKILL')));
  const second = await acquire();
  t.is((await fetch(`${second.url}/x`)).status, 202);
  t.is((await pids()).length, 2);
});

test('a service that ignores SIGTERM is killed after its time', async (t) => {
  const {acquire, pids, serving} = await servingOf(t, 'ignores SIGTERM', {launch: {drainMs: 100}});
  await acquire();
  await serving.close();
  for (const pid of await pids()) t.false(isAlive(pid));
});

test('stopping in the midst of a start ends what was started', async (t) => {
  const {acquire, pids, serving} = await servingOf(t, 'is never ready', {launch: {startMs: 60_000}});
  const failed = t.throwsAsync(acquire(), {message: /was stopped before it was ready/});
  await until(async () => (await pids()).length === 1);
  await serving.close();
  await failed;
  for (const pid of await pids()) t.false(isAlive(pid));
  await t.throwsAsync(acquire(), {message: /is being stopped/});
});

test('a service without work goes to zero, and one that is asked meanwhile is another', async (t) => {
  const {acquire, pids, serving} = await servingOf(t, 'ignores SIGTERM', {
    launch: {shortestIdleMs: 20, drainMs: 500},
  });
  const first = await acquire();
  first.release();
  await until(() => serving.scale()['dip/svc'] === 0);
  const second = await acquire();
  t.not(second.url, first.url);
  t.is((await fetch(`${second.url}/x`)).status, 202);
  await until(async () => (await pids()).filter(isAlive).length === 1);
  t.is(serving.scale()['dip/svc'], 1, 'one at work is not stopped');
});

test('a service with a minimum scale is not stopped, though another is', async (t) => {
  const launch = {shortestIdleMs: 1};
  const kept = await servingOf(t, 'well', {parts: {minScale: 1}, launch});
  const other = await servingOf(t, 'well', {launch});
  const leases = [await kept.acquire(), await other.acquire()];
  for (const lease of leases) lease.release();
  await until(() => other.serving.scale()['dip/svc'] === 0);
  t.is(kept.serving.scale()['dip/svc'], 1);
});

test('a service that runs elsewhere is not started', async (t) => {
  const {acquire, pids} = await servingOf(t, 'well', {parts: {url: 'http://127.0.0.1:9999'}});
  const lease = await acquire();
  lease.release();
  t.is(lease.url, 'http://127.0.0.1:9999');
  t.deepEqual(await pids(), []);
});

test('an event starts the service that it is for', async (t) => {
  const {manifests, launch, pids} = await servingOf(t, 'well');
  const {eventing} = await runBroker(t, manifests, {launch});
  await eventing.accept({namespace: 'dip', name: 'default'}, eventOf('a'));
  await until(() => eventing.backlog()['dip/to-svc'] === 0);
  t.is((await pids()).length, 1);
});

test('stopping breaks off a delivery that hangs, and leaves it to the next run', async (t) => {
  const folder = await temporaryFolder(t);
  const {manifests, launch} = await servingOf(t, 'well');
  const hanging = manifestsOf({
    services: manifests.services,
    triggers: [
      triggerOf('to-svc', '', {
        subscriber: {kind: 'service', namespace: 'dip', name: 'svc', path: '/hang'},
        delivery: {
          retry: 0,
          backoffPolicy: 'linear',
          backoffDelayMs: null,
          timeoutMs: 60_000,
          deadLetterSink: null,
        },
      }),
    ],
  });
  const first = await runBroker(t, hanging, {folder, launch});
  await first.eventing.accept({namespace: 'dip', name: 'default'}, eventOf('a'));
  await until(() => first.said.some((sentence) => sentence.startsWith('svc started')));
  await first.stop();
  t.deepEqual(
    first.said.filter((sentence) => sentence.includes('gave up')),
    [],
  );
  const second = await runBroker(t, manifests, {folder, launch});
  await until(() => second.eventing.backlog()['dip/to-svc'] === 0);
  t.pass();
});
