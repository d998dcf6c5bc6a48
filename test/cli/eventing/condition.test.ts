import test from 'ava';
import {age} from '../../../services/cli/eventing/columns.ts';
import {readinessOf} from '../../../services/cli/eventing/condition.ts';

const since = '2026-01-15T09:00:00Z';
const condition = (type: string, status: string, more: object = {}) => ({
  type,
  status,
  lastTransitionTime: since,
  ...more,
});
const object = (...conditions: object[]) => ({
  metadata: {generation: 2},
  status: {observedGeneration: 2, conditions},
});

test('what is ready is ready since then', (t) => {
  t.deepEqual(readinessOf(object(condition('Ready', 'True'))), {ready: true, since});
});

test('what is not ready names the part that is not, in the words of its controller', (t) => {
  const said = {reason: 'BrokerDoesNotExist', message: 'Broker "x" does not exist'};

  t.deepEqual(
    readinessOf(
      object(
        condition('BrokerReady', 'False', said),
        condition('DeadLetterSinkResolved', 'False', {severity: 'Info', reason: 'Other'}),
        condition('Ready', 'False', said),
      ),
    ),
    {ready: false, condition: 'BrokerReady', ...said, since},
  );
});

test('a status of an older generation says nothing, nor does one that is unknown or not there', (t) => {
  const {status} = object(condition('Ready', 'True'));

  t.deepEqual(readinessOf({metadata: {generation: 3}, status}), {ready: null, since});
  t.is(readinessOf(object(condition('Ready', 'Unknown', {reason: 'Deploying'}))).reason, 'Deploying');
  t.deepEqual(readinessOf({metadata: {name: 'x'}}), {ready: null});
});

test('an age has one unit', (t) => {
  const now = Date.parse('2026-01-15T09:00:00Z');
  const ago = (seconds: number) => age(new Date(now - seconds * 1000).toISOString(), now);

  t.deepEqual(
    [ago(-5), ago(119), ago(120), ago(7199), ago(7200), ago(172_800)],
    ['0s', '119s', '2m', '119m', '2h', '2d'],
  );
  t.is(age(null, now), '-');
});
