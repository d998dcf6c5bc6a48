import {execFile} from 'node:child_process';
import {cp} from 'node:fs/promises';
import path from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import type {CloudEvent} from '#kit';
import {type Carrier, CarrierStopped} from '../../../services/local/eventing/carrier.ts';
import {openEventing} from '../../../services/local/eventing/eventing.ts';
import type {Manifests} from '../../../services/manifests/manifests.ts';
import {impatientClock} from '../clocks.ts';
import {eventOf} from '../events.ts';
import {temporaryFolder} from '../folder.ts';
import {delivery, manifestsOf, triggerOf, typesOf} from '../manifests-of.ts';
import {runBroker} from '../running-broker.ts';
import {subscriber} from '../subscriber.ts';

const broker = {namespace: 'dip', name: 'default'};
const ids = (received: readonly {headers: NodeJS.Dict<string | string[]>}[]) =>
  received.map(({headers}) => headers['ce-id']);

/** An eventing whose subscriber is a function of the test, on a clock without patience. */
async function opened(
  folder: string,
  manifests: Manifests,
  answer: (event: CloudEvent) => Promise<number>,
  said: string[] = [],
) {
  const carrier: Carrier = {
    addressOf: () => 'http://subscriber',
    send: async (_destination, event) => ({status: await answer(event), headers: {}, body: Buffer.alloc(0)}),
  };
  const clock = impatientClock();
  const warn = (sentence: string) => void said.push(sentence);
  return openEventing({manifests, folder, carrier, clock, warn});
}

const all = manifestsOf({triggers: [triggerOf('all', 'http://subscriber')]});

const emptied = async (eventing: {backlog(): Record<string, number>}) => {
  while (Object.values(eventing.backlog()).some((length) => length > 0)) await new Promise(setImmediate);
};

test('a reply goes into the broker, and round to those who hear it', async (t) => {
  const second = await subscriber(t);
  const first = await subscriber(t, (_request, response) =>
    response
      .writeHead(200, {'ce-specversion': '1.0', 'ce-id': 'r', 'ce-type': 'reply', 'ce-source': '/r'})
      .end(),
  );
  const {eventing} = await runBroker(
    t,
    manifestsOf({
      triggers: [
        triggerOf('first', first.url, {filter: typesOf('com.example.happened')}),
        triggerOf('second', second.url, {filter: typesOf('reply')}),
      ],
    }),
  );
  await eventing.accept(broker, eventOf('a'));
  await second.until(1);
  t.deepEqual(ids(first.received), ['a']);
  t.deepEqual(ids(second.received), ['r']);
});

test('replies that go round in a circle end after 255, and the last is a dead letter', async (t) => {
  const letters = await subscriber(t);
  let replies = 0;
  const circle = await subscriber(t, (_request, response) => {
    replies++;
    const headers = {
      'ce-specversion': '1.0',
      'ce-id': `r${replies}`,
      'ce-type': 'x',
      'ce-source': '/r',
    };
    response.writeHead(200, headers).end();
  });
  const how = {...delivery, deadLetterSink: {kind: 'uri', uri: letters.url}} as const;
  const {eventing, said} = await runBroker(
    t,
    manifestsOf({triggers: [triggerOf('circle', circle.url, {delivery: how})]}),
  );
  await eventing.accept(broker, eventOf('a'));
  await letters.until(1);
  t.is(replies, 255);
  t.is(letters.received[0]?.headers['ce-knativeerrorcode'], '400');
  t.regex(said.join(), /round in a circle/);
});

test('dead letters of a broker that go to itself end too', async (t) => {
  const folder = await temporaryFolder(t);
  let attempts = 0;
  const how = {...delivery, retry: 0, deadLetterSink: {kind: 'broker', ...broker}} as const;
  const manifests = manifestsOf({triggers: [triggerOf('all', 'http://x', {delivery: how})]});
  const said: string[] = [];
  const eventing = await opened(
    folder,
    manifests,
    async () => {
      attempts++;
      return 400;
    },
    said,
  );
  eventing.begin();
  await eventing.accept(broker, eventOf('a'));
  await emptied(eventing);
  await eventing.close();
  t.is(attempts, 255);
  t.regex(said.at(-1) ?? '', /only in the journal/);
});

test('a dead-letter broker that is not there leaves the event in the journal, once', async (t) => {
  const how = {
    ...delivery,
    retry: 0,
    deadLetterSink: {kind: 'broker', namespace: 'dip', name: 'gone'},
  } as const;
  const manifests = manifestsOf({triggers: [triggerOf('all', 'http://x', {delivery: how})]});
  const said: string[] = [];
  const eventing = await opened(await temporaryFolder(t), manifests, async () => 500, said);
  eventing.begin();
  await eventing.accept(broker, eventOf('a'));
  await emptied(eventing);
  await eventing.close();
  t.is(said.length, 2);
  t.regex(said[1] ?? '', /no broker of these manifests/);
});

test('what was settled is not delivered again after a restart, and what was not is, in order', async (t) => {
  const folder = await temporaryFolder(t);
  const heard: string[] = [];
  const hold = Promise.withResolvers<number>();
  const first = await opened(folder, all, (event) => {
    heard.push(String(event.attributes['id']));
    return event.attributes['id'] === 'a' ? Promise.resolve(202) : hold.promise;
  });
  first.begin();
  for (const id of ['a', 'b', 'c', 'd']) await first.accept(broker, eventOf(id, {partitionkey: 'k'}));
  while (heard.length < 2) await new Promise(setImmediate);
  // What a process leaves that is killed now; its own end comes later.
  const left = `${folder}-left`;
  await cp(folder, left, {recursive: true});
  hold.resolve(202);
  await first.close();

  const again: string[] = [];
  const second = await opened(left, all, async (event) => {
    again.push(String(event.attributes['id']));
    return 202;
  });
  t.deepEqual(second.backlog(), {'dip/all': 3});
  second.begin();
  await second.accept(broker, eventOf('e', {partitionkey: 'k'}));
  await emptied(second);
  await second.close();
  t.deepEqual(heard, ['a', 'b']);
  t.deepEqual(again, ['b', 'c', 'd', 'e']);
});

test('attempts, and whose turn it is, outlive a restart', async (t) => {
  const sink = {kind: 'uri', uri: 'http://sink'} as const;
  const how = {...delivery, retry: 3, deadLetterSink: sink};
  const manifests = manifestsOf({triggers: [triggerOf('all', 'http://subscriber', {delivery: how})]});
  const run = async (folder: string, most: number) => {
    const asked: string[] = [];
    const enough = Promise.withResolvers<void>();
    const stopped = Promise.withResolvers<never>();
    const carrier: Carrier = {
      addressOf: ({kind}) => kind,
      send: async (destination) => {
        asked.push(destination === sink ? 'sink' : 'subscriber');
        if (asked.length === most) enough.resolve();
        return asked.length < most ? {status: 503, headers: {}, body: Buffer.from('no')} : stopped.promise;
      },
    };
    const clock = impatientClock();
    const eventing = await openEventing({manifests, folder, carrier, clock, warn: () => {}});
    eventing.begin();
    /** Stops it, and gives a copy of what it would have left had it been killed before. */
    const kill = async () => {
      await enough.promise;
      const left = `${folder}+`;
      await cp(folder, left, {recursive: true});
      const closed = eventing.close();
      stopped.reject(new CarrierStopped('stopped'));
      await closed;
      return left;
    };
    return {eventing, asked, kill};
  };
  const first = await run(await temporaryFolder(t), 3);
  await first.eventing.accept(broker, eventOf('a'));
  const second = await run(await first.kill(), 4);
  const third = await run(await second.kill(), 1);
  await third.kill();
  t.deepEqual(first.asked, ['subscriber', 'subscriber', 'subscriber']);
  t.deepEqual(second.asked, ['subscriber', 'subscriber', 'sink', 'sink']);
  t.deepEqual(third.asked, ['sink']);
});

test('a filter that was changed changes nothing of the past', async (t) => {
  const folder = await temporaryFolder(t);
  const filtered = (...types: string[]) =>
    manifestsOf({triggers: [triggerOf('some', 'http://x', {filter: typesOf(...types)})]});
  const first = await opened(folder, filtered('one'), async () => 202);
  await first.accept(broker, eventOf('1', {type: 'one'}));
  await first.accept(broker, eventOf('2', {type: 'two'}));
  await first.close();
  const heard: unknown[] = [];
  const second = await opened(folder, filtered('two'), async ({attributes}) => {
    heard.push(attributes['id']);
    return 202;
  });
  second.begin();
  await second.accept(broker, eventOf('3', {type: 'two'}));
  await emptied(second);
  await second.close();
  t.deepEqual(heard.toSorted(), ['1', '3']);
});

test('a trigger that is new hears nothing of the past', async (t) => {
  const folder = await temporaryFolder(t);
  const first = await opened(folder, manifestsOf({}), async () => 202);
  await first.accept(broker, eventOf('before'));
  await first.close();
  const second = await opened(folder, all, async () => 202);
  t.deepEqual(second.backlog(), {'dip/all': 0});
  await second.close();
});

test('one trigger that fails holds up no other', async (t) => {
  const dead = await subscriber(t, (request) => request.socket.destroy());
  const well = await subscriber(t);
  const patient = {...delivery, retry: 10, backoffDelayMs: 1_000_000};
  const {eventing} = await runBroker(
    t,
    manifestsOf({
      triggers: [triggerOf('dead', dead.url, {delivery: patient}), triggerOf('well', well.url)],
    }),
  );
  for (let n = 0; n < 50; n++) await eventing.accept(broker, eventOf(`e${n}`, {partitionkey: 'k'}));
  await well.until(50);
  t.deepEqual(
    ids(well.received),
    Array.from({length: 50}, (_, n) => `e${n}`),
  );
});

test('a full journal takes no more from outside, but lets what is in it end', async (t) => {
  const folder = await temporaryFolder(t);
  const hold = Promise.withResolvers<void>();
  const slow = await subscriber(t, async (_request, response) => {
    await hold.promise;
    response.writeHead(202).end();
  });
  const manifests = manifestsOf({triggers: [triggerOf('slow', slow.url)]});
  const {eventing, url} = await runBroker(t, manifests, {
    folder,
    journal: {mostBytes: 40_000, segmentBytes: 5_000},
  });
  const post = (id: string) =>
    fetch(`${url}/dip/default`, {
      method: 'POST',
      headers: {
        'ce-specversion': '1.0',
        'ce-id': id,
        'ce-type': 'x',
        'ce-source': '/s',
        'ce-partitionkey': 'k',
      },
      body: 'x'.repeat(1000),
    });
  let accepted = 0;
  let refused = await post('0');
  while (refused.status === 202) refused = await post(`${++accepted}`);
  t.is(refused.status, 503);
  t.is(refused.headers.get('retry-after'), '5');
  t.regex(await refused.text(), /wait for trigger dip\/slow/);

  hold.resolve();
  await slow.until(accepted);
  await emptied(eventing);
  t.is((await post('after')).status, 202);
});

test('a hundred thousand events that wait for a dead subscriber take little memory each', async (t) => {
  const script = path.join(import.meta.dirname, 'hold-many.ts');
  const folder = await temporaryFolder(t);
  const {stdout} = await promisify(execFile)(process.execPath, ['--expose-gc', script, folder]);
  const {backlog, bytes}: {backlog: number; bytes: number} = JSON.parse(stdout);
  t.log(`${bytes} bytes for each`);
  t.is(backlog, 120_000);
  t.true(bytes < 600, `${bytes} bytes`);
});
