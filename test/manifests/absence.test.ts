/** How long Kafka may be away, by the numbers of a delivery. */
import test from 'ava';
import {absenceOutlasted} from '../../services/manifests/absence.ts';
import type {Delivery} from '../../services/manifests/manifests.ts';

const deadLetterSink = {kind: 'broker', namespace: 'dip', name: 'dead-letters'} as const;
/** As it was when Kafka was taken away from Knative's own processes: events were lost after these times. */
const delivery: Delivery = {
  retry: 5,
  backoffPolicy: 'exponential',
  backoffDelayMs: 500,
  timeoutMs: 60_000,
  deadLetterSink,
};
const overChannel = {class: 'MTChannelBasedBroker', channel: 'KafkaChannel'} as const;
const classKafka = {class: 'Kafka', channel: null} as const;

test('over a channel the answer and the dead letter are tried as long: 13 minutes, as was seen', (t) => {
  t.deepEqual(absenceOutlasted(delivery, overChannel), {
    whileReceiversWaitMs: 2 * (31_000 + 6 * 60_000),
    whileRefusedMs: 2 * 31_000,
  });
});

test('class Kafka writes an answer once: 8.5 minutes, as was seen', (t) => {
  t.deepEqual(absenceOutlasted(delivery, classKafka), {
    whileReceiversWaitMs: 120_000 + 31_000 + 6 * 60_000,
    whileRefusedMs: 60_000 + 31_000,
  });
});

test('without a dead-letter sink only the answer is tried', (t) => {
  const alone = {...delivery, deadLetterSink: null};

  t.is(absenceOutlasted(alone, overChannel).whileRefusedMs, 31_000);
  t.is(absenceOutlasted(alone, classKafka).whileReceiversWaitMs, 120_000);
});

test('where nobody says how long an attempt may take, it is ten minutes', (t) => {
  const once = {...delivery, retry: 0, timeoutMs: null, deadLetterSink: null};

  t.is(absenceOutlasted(once, overChannel).whileReceiversWaitMs, 600_000);
});
