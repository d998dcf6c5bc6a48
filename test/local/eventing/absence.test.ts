/** What is away for as long as the manifests' own numbers allow gets what is meant for it; what is away longer, too. */
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {attribute} from '#kit';
import type {Carrier} from '../../../services/local/eventing/carrier.ts';
import {openEventing} from '../../../services/local/eventing/eventing.ts';
import type {Answer} from '../../../services/local/eventing/outcome.ts';
import {waitsOf} from '../../../services/manifests/absence.ts';
import type {Delivery} from '../../../services/manifests/manifests.ts';
import {readManifests} from '../../../services/manifests/read-manifests.ts';
import {impatientClock} from '../clocks.ts';
import {eventOf} from '../events.ts';
import {temporaryFolder} from '../folder.ts';
import {manifestsOf, triggerOf, typesOf} from '../manifests-of.ts';

const project = path.join(import.meta.dirname, '../../..');
const {brokers} = await readManifests([path.join(project, 'config/knative')]);
const delivery = deliveryOfDefault();

/** How long an event is tried, and then its dead letter: each time the sum of the waits. Milliseconds. */
const triedMs = waitsOf(delivery, {channel: 'KafkaChannel'}).reduce((sum, wait) => sum + wait, 0);
const sink = {kind: 'uri', uri: 'http://sink'} as const;
const none: Answer = {status: 202, headers: {}, body: Buffer.alloc(0)};

test('a subscriber that is away for as long as it is tried gets the event, and its reply goes on', async (t) => {
  const {taken, said} = await run(t, {subscriberAwayMs: triedMs, sinkAwayMs: 0});

  t.deepEqual(taken, ['subscriber a', 'second r']);
  t.deepEqual(said, []);
});

test('a sink that is away for as long again gets the dead letter', async (t) => {
  const {taken, said} = await run(t, {subscriberAwayMs: Number.POSITIVE_INFINITY, sinkAwayMs: 2 * triedMs});

  t.deepEqual(taken, ['sink a']);
  t.is(said.length, 1);
});

test('a sink that is away for a week gets it too, where Knative would have lost it', async (t) => {
  const weekMs = 7 * 86_400_000;

  const {taken, waits} = await run(t, {subscriberAwayMs: Number.POSITIVE_INFINITY, sinkAwayMs: weekMs});

  t.deepEqual(taken, ['sink a']);
  t.true(Math.max(...waits) <= 60_000, 'a sink that is back is not left waiting');
});

/** Hands one event to who is away for some time; what was taken, by whom, and what a person would have been told. */
async function run(
  t: ExecutionContext,
  away: {readonly subscriberAwayMs: number; readonly sinkAwayMs: number},
) {
  const clock = impatientClock();
  const begin = clock.now();
  const taken: string[] = [];
  const said: string[] = [];
  const carrier: Carrier = {
    addressOf: (destination) => (destination.kind === 'uri' ? destination.uri : ''),
    async send(destination, event) {
      const name = carrier.addressOf(destination).slice('http://'.length);
      const awayMs = {subscriber: away.subscriberAwayMs, sink: away.sinkAwayMs}[name] ?? 0;
      if (clock.now() - begin < awayMs) throw new Error('connect ECONNREFUSED');
      taken.push(`${name} ${attribute(event, 'id')}`);
      if (name !== 'subscriber') return none;
      const reply = {'ce-specversion': '1.0', 'ce-id': 'r', 'ce-type': 'reply', 'ce-source': '/r'};
      return {...none, status: 200, headers: reply};
    },
  };
  const how: Delivery = {...delivery, deadLetterSink: sink};
  const manifests = manifestsOf({
    triggers: [
      triggerOf('first', 'http://subscriber', {filter: typesOf('com.example.happened'), delivery: how}),
      triggerOf('second', 'http://second', {filter: typesOf('reply'), delivery: how}),
    ],
  });
  const warn = (sentence: string) => void said.push(sentence);
  const eventing = await openEventing({manifests, folder: await temporaryFolder(t), carrier, clock, warn});
  eventing.begin();
  await eventing.accept({namespace: 'dip', name: 'default'}, eventOf('a'));
  while (Object.values(eventing.backlog()).some((length) => length > 0)) await new Promise(setImmediate);
  await eventing.close();
  return {taken, said, waits: clock.waits};
}

function deliveryOfDefault(): Delivery {
  const found = brokers.find(({name}) => name === 'default');
  if (found === undefined) throw new TypeError('There is no Broker default.');
  return found.delivery;
}
