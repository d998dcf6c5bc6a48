import test, {type ExecutionContext} from 'ava';
import {broker, config, kafkaChannel, kafkaClass, kafkaTopic, read, trigger} from './written.ts';

const sink = (name: string) => ({ref: {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name}});
const to = (name: string) => ({kind: 'broker', namespace: 'dip', name});

const brokerDelivery = {
  retry: 3,
  backoffPolicy: 'linear',
  backoffDelay: 'PT1S',
  timeout: 'PT5S',
  deadLetterSink: sink('of-broker'),
};

type Engine = 'in memory' | 'over KafkaChannel' | 'class Kafka';

const engines: Record<Engine, (spec: object) => object[]> = {
  'in memory': (spec) => [broker(spec)],
  'over KafkaChannel': (spec) => [broker({...config, ...spec}), kafkaChannel],
  'class Kafka': (spec) => [broker({...config, ...spec}, kafkaClass), kafkaTopic],
};

async function inEffect(
  t: ExecutionContext,
  engine: Engine,
  ofBroker: object | undefined,
  own: object | undefined,
) {
  const spec = ofBroker === undefined ? {} : {delivery: ofBroker};
  const mine = own === undefined ? {} : {delivery: own};
  const {triggers} = await read(t, [...engines[engine](spec), trigger(mine)]);
  return triggers[0]?.delivery;
}

for (const engine of ['in memory', 'over KafkaChannel', 'class Kafka'] as const) {
  test(`${engine}: a trigger that says nothing has its Broker's delivery`, async (t) => {
    t.deepEqual(await inEffect(t, engine, brokerDelivery, undefined), {
      retry: 3,
      backoffPolicy: 'linear',
      backoffDelayMs: 1000,
      timeoutMs: 5000,
      deadLetterSink: {kind: 'broker', namespace: 'dip', name: 'of-broker'},
    });
  });

  test(`${engine}: a Broker that says nothing retries ten times`, async (t) => {
    t.like(await inEffect(t, engine, undefined, undefined), {
      retry: 10,
      backoffPolicy: 'exponential',
      backoffDelayMs: 200,
      deadLetterSink: null,
    });
  });

  test(`${engine}: a Broker that names only a dead letter sink does not retry`, async (t) => {
    t.like(await inEffect(t, engine, {deadLetterSink: sink('of-broker')}, undefined), {
      retry: 0,
      deadLetterSink: to('of-broker'),
    });
  });

  test(`${engine}: a trigger's delivery replaces its Broker's as a whole`, async (t) => {
    t.like(await inEffect(t, engine, brokerDelivery, {timeout: 'PT9S', deadLetterSink: sink('own')}), {
      retry: 0,
      timeoutMs: 9000,
      deadLetterSink: to('own'),
    });
  });
}

test('only class MTChannelBasedBroker keeps the dead letter sink of the Broker beside a delivery of the trigger', async (t) => {
  t.deepEqual((await inEffect(t, 'in memory', brokerDelivery, {retry: 1}))?.deadLetterSink, {
    kind: 'broker',
    namespace: 'dip',
    name: 'of-broker',
  });
  t.like(await inEffect(t, 'over KafkaChannel', brokerDelivery, {retry: 1}), {
    deadLetterSink: to('of-broker'),
  });
  t.is((await inEffect(t, 'class Kafka', brokerDelivery, {retry: 1}))?.deadLetterSink, null);
});

test('without policy or delay the in-memory channel retries at once, the others after 200 ms doubled each time', async (t) => {
  for (const own of [{retry: 2}, {retry: 2, backoffPolicy: 'linear'}, {retry: 2, backoffDelay: 'PT1S'}]) {
    t.is((await inEffect(t, 'in memory', undefined, own))?.backoffDelayMs, null);
  }
  t.like(await inEffect(t, 'class Kafka', undefined, {retry: 2}), {
    backoffPolicy: 'exponential',
    backoffDelayMs: 200,
    timeoutMs: 600_000,
  });
});

test('the order is kept over KafkaChannel, in class Kafka where asked for, in memory never', async (t) => {
  const ordered = async (objects: object[], annotations: Record<string, string> = {}) =>
    (await read(t, [...objects, trigger({}, annotations)])).triggers[0]?.ordered;
  const asked = {'kafka.eventing.knative.dev/delivery.order': 'Ordered'};

  t.true(await ordered(engines['over KafkaChannel']({})));
  t.false(await ordered(engines['in memory']({}), asked));
  t.false(await ordered(engines['class Kafka']({})));
  t.true(await ordered(engines['class Kafka']({}), asked));
});
