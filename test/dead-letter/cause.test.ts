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

      t.true(message?.endsWith('…'));
      t.true(message !== null && sentence.startsWith(message.slice(0, -1)), message ?? 'null');
    }
  }
});

test('an answer of another kind is shown as it is', (t) => {
  for (const answer of ['upstream connect error', '{"error":"a","code":7}', '<h1>502</h1>'])
    t.is(causeBehindFilter(answer).message, answer);
  t.is(causeBehindFilter('').message, null);
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
