import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {causeOf} from '../../services/dead-letter/cause.ts';

const filter =
  'http://broker-filter.knative-eventing.svc.cluster.local/triggers/dip/ingested-to-classification';
const subscriber = 'http://classification.dip.svc.cluster.local/events';

/** The cause of a dead letter as KafkaChannel makes it: the answer wrapped in JSON, cut off at 1,024 bytes. */
function causeBehindFilter(answer: string) {
  const data = JSON.stringify({
    errdestination: subscriber,
    errresponsebody: Buffer.from(answer).toString('base64'),
  });
  const attributes = {
    specversion: '1.0',
    id: '1',
    source: '/test',
    type: 'test',
    knativeerrordest: filter,
    knativeerrorcode: '500',
    knativeerrordata: Buffer.from(data).subarray(0, 1024).toString('base64'),
  };
  return causeOf({attributes, data: null});
}

test('a sentence comes through whole, whatever its length', (t) => {
  for (const sentence of ['No blob.', 'No blob .', 'No blob  .', 'A "quoted" name – 漢字.']) {
    t.deepEqual(causeBehindFilter(JSON.stringify({error: sentence})), {
      trigger: 'ingested-to-classification',
      service: 'classification',
      code: 500,
      destination: subscriber,
      message: sentence,
    });
  }
});

test('a sentence that was broken off ends in …, wherever the cut fell', (t) => {
  for (const unit of ['a', 'ü', '漢', '😀', '"', '\u0001']) {
    for (let before = 0; before < 12; before++) {
      const sentence = '.'.repeat(before) + unit.repeat(900);
      const {message} = causeBehindFilter(JSON.stringify({error: sentence}));

      t.true(message.endsWith('…'));
      t.true(sentence.startsWith(message.slice(0, -1)), message);
    }
  }
});

test('an answer of another kind is shown as it is', (t) => {
  for (const answer of ['upstream connect error', '{"error":"a","code":7}', '<h1>502</h1>'])
    t.is(causeBehindFilter(answer).message, answer);
  t.is(causeBehindFilter('').message, 'It was refused (500): the broker gave no reason.');
});

const addresses: [address: string, service: string | null][] = [
  ['http://classification.dip.svc.cluster.local/events', 'classification'],
  ['http://page-counter.elsewhere.svc.example.org', 'page-counter'],
  ['https://archive.dip.svc.cluster.local:8443/events', 'archive'],
  ['http://broker-ingress.knative-eventing.svc.cluster.local/dip/default', null],
  ['http://ingested-kne-trigger-kn-channel.dip.svc.cluster.local', null],
  ['http://127.0.0.1:9000/events', null],
  ['https://example.org/events', null],
  ['no address', null],
];
for (const [address, service] of addresses) {
  test(`at ${address} is ${service ?? 'no service'}`, (t) => {
    const named = {specversion: '1.0', id: '1', source: '/test', type: 'test', knativeerrordest: address};

    t.is(causeOf({attributes: named, data: null}).service, service);
  });
}

const noReason = 'the broker gave no reason.';
const noAnswer = `Nobody answered in time, or the reply could not be handed over: ${noReason}`;

/** What the engines say of a death that has no words in it, and what that comes to. */
const wordless: [engine: string, says: Record<string, string>, message: string][] = [
  ['an InMemoryChannel, of a time-out or a reply that is no event', {}, noAnswer],
  [
    'an InMemoryChannel, of an empty 503',
    {knativeerrordest: subscriber, knativeerrorcode: '503', knativeerrordata: ''},
    `It was refused (503): ${noReason}`,
  ],
  [
    'class Kafka, of a time-out, a broken connection or a reply that is no event',
    {knativeerrordest: subscriber},
    noAnswer,
  ],
  [
    'class Kafka, of an empty 404',
    {knativeerrordest: subscriber, knativeerrorcode: '404'},
    `It was refused (404): ${noReason}`,
  ],
  ['a KafkaChannel, of a time-out', {knativeerrordest: filter}, noAnswer],
  [
    'a KafkaChannel, of a reply that is no event',
    {knativeerrordest: filter, knativeerrorcode: '502'},
    `The reply was no event, or could not be handed over (502): ${noReason}`,
  ],
  [
    'a KafkaChannel, of a redirect',
    {knativeerrordest: filter, knativeerrorcode: '304'},
    `It was refused (304): ${noReason}`,
  ],
];
for (const [engine, says, message] of wordless) {
  test(`what ${engine} leaves unsaid is said`, (t) => {
    t.is(causeOf(diedOf(says)).message, message);
  });
}

const recorded = path.join(import.meta.dirname, '../../../shared/knative/recorded');
if (existsSync(recorded)) {
  for (const name of readdirSync(recorded).filter((file) => file.startsWith('delivery-'))) {
    test(`every dead letter of ${name} has a cause in words`, (t) => {
      const lines = readFileSync(path.join(recorded, name), 'utf8').trim().split('\n');
      const letters = lines.flatMap((line): Record<string, string>[] => JSON.parse(line).deadLetter ?? []);

      t.true(letters.length > 5);
      for (const {knativeerrordest = '', knativeerrorcode, knativeerrordata} of letters) {
        const says = {
          ...(knativeerrordest === ''
            ? {}
            : {knativeerrordest: knativeerrordest.startsWith('<broker') ? filter : subscriber}),
          ...(knativeerrorcode === undefined ? {} : {knativeerrorcode}),
          ...(knativeerrordata === undefined
            ? {}
            : {knativeerrordata: Buffer.from(knativeerrordata).toString('base64')}),
        };
        t.regex(causeOf(diedOf(says)).message, /\S/, JSON.stringify(says));
      }
    });
  }
} else {
  console.error(`SKIPPED: Knative's recorded deliveries are not at ${recorded}`);
  test("Knative's recorded deliveries are there to compare with", (t) => {
    t.falsy(process.env['CI'], recorded);
  });
}

function diedOf(says: Record<string, string>) {
  return {attributes: {specversion: '1.0', id: '1', source: '/test', type: 'test', ...says}, data: null};
}
