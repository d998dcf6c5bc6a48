import {writeFile} from 'node:fs/promises';
import type {ServerResponse} from 'node:http';
import path from 'node:path';
import test from 'ava';
import {impatientClock} from '../clocks.ts';
import {eventOf} from '../events.ts';
import {temporaryFolder} from '../folder.ts';
import {delivery, manifestsOf, serviceOf, triggerOf} from '../manifests-of.ts';
import {runBroker} from '../running-broker.ts';
import {subscriber} from '../subscriber.ts';

const broker = {namespace: 'dip', name: 'default'};
const toService = {subscriber: {kind: 'service', namespace: 'dip', name: 'svc', path: '/'}} as const;

const emptied = async (eventing: {backlog(): Record<string, number>}) => {
  while (Object.values(eventing.backlog()).some((length) => length > 0)) await new Promise(setImmediate);
};

/** Refuses with a time to come again, and takes from the given request on. */
function away(until: number, headers: Record<string, string> = {'retry-after': '3'}) {
  let count = 0;
  return (_request: unknown, response: ServerResponse) => {
    if (++count < until) response.writeHead(503, headers).end('{"error":"the disk is full"}');
    else response.writeHead(202).end();
  };
}

test('a service that says when to ask again is asked until it takes the event, and it is said once', async (t) => {
  const {url, received} = await subscriber(t, away(20));
  const clock = impatientClock();
  const services = [serviceOf('svc', [], {url})];
  const manifests = manifestsOf({services, triggers: [triggerOf('to-svc', '', toService)]});
  const {eventing, said} = await runBroker(t, manifests, {clock});

  await eventing.accept(broker, eventOf('1', {subject: 'doc-1'}));
  await emptied(eventing);

  t.is(received.length, 20);
  t.deepEqual([...new Set(clock.waits)], [3_000]);
  t.deepEqual(said, [
    'Trigger dip/to-svc waits, and its events are kept until they can be taken: answered 503: {"error":"the disk is full"}',
    'Trigger dip/to-svc goes on',
  ]);
});

test('what is held is shown, of all or of one subject', async (t) => {
  const {url, until} = await subscriber(t, away(Number.POSITIVE_INFINITY));
  const services = [serviceOf('svc', [], {url})];
  const manifests = manifestsOf({services, triggers: [triggerOf('to-svc', '', toService)]});
  const running = await runBroker(t, manifests);

  for (const subject of ['doc-1', 'doc-2', 'doc-2'])
    await running.eventing.accept(broker, eventOf(`${Math.random()}`, {subject}));
  await until(3);
  while (running.eventing.held()[0]?.events !== 3) await new Promise(setImmediate);

  const home = async (query: string): Promise<unknown> => (await fetch(`${running.url}/${query}`)).json();
  const shown = {trigger: 'dip/to-svc', reason: 'answered 503: {"error":"the disk is full"}'};
  t.like(await home(''), {held: {length: 1, 0: {...shown, events: 3}}});
  t.like(await home('?subject=doc-2'), {held: {length: 1, 0: {...shown, events: 2}}});
  t.like(await home('?subject=doc-3'), {held: {length: 0}});
});

const counted: Record<string, [headers: Record<string, string>, isService: boolean]> = {
  'that does not say when to ask again': [{}, true],
  'that says it in words that are no number': [{'retry-after': 'soon'}, true],
  'that DIP does not run, whatever it says': [{'retry-after': '3'}, false],
};
for (const [what, [headers, isService]] of Object.entries(counted)) {
  test(`a subscriber ${what} is given up as by Knative`, async (t) => {
    const {url, received} = await subscriber(t, away(Number.POSITIVE_INFINITY, headers));
    const services = isService ? [serviceOf('svc', [], {url})] : [];
    const triggers = [triggerOf('to-svc', url, isService ? toService : {})];
    const manifests = manifestsOf({services, triggers});
    const {eventing, said} = await runBroker(t, manifests, {clock: impatientClock()});

    await eventing.accept(broker, eventOf('1'));
    await emptied(eventing);

    t.is(received.length, delivery.retry + 1);
    t.regex(said.join('\n'), /gave up event 1 /);
  });
}

test('an event for a service that does not start is held, and delivered once it does', async (t) => {
  const folder = await temporaryFolder(t);
  const script = path.join(import.meta.dirname, '../serving/service-process.ts');
  const behaviour = path.join(folder, 'behaviour');
  const starts = path.join(folder, 'starts');
  const command = ['/bin/sh', '-c', `exec ${process.execPath} ${script} "$(cat ${behaviour})" ${starts}`];
  const services = [serviceOf('svc', command, {readinessPath: '/readyz'})];
  const once = {...delivery, retry: 0};
  const manifests = manifestsOf({
    services,
    triggers: [triggerOf('to-svc', '', {...toService, delivery: once})],
  });
  await writeFile(behaviour, 'crashes');
  const {eventing, said} = await runBroker(t, manifests, {folder});

  await eventing.accept(broker, eventOf('1', {subject: 'doc-1'}));
  while (eventing.held('doc-1').length === 0) await new Promise(setImmediate);
  const reason = 'Service svc did not start: it ended with code 3: error: the model is missing';
  t.like(eventing.held('doc-1'), {0: {events: 1, reason}});
  await writeFile(behaviour, 'well');
  await emptied(eventing);

  t.deepEqual(eventing.held(), []);
  const [first = '', second = '', ...more] = said;
  t.true(first.startsWith(`${reason}\n`) && first.endsWith(path.join(folder, 'svc.log')), first);
  t.regex(second, /^svc started in \d+ ms$/);
  t.deepEqual(more, []);
});
