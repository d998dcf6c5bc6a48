import test from 'ava';
import type {Engine} from '../../../services/local/eventing/engine.ts';
import {outcomeOf, outcomeOfError} from '../../../services/local/eventing/outcome.ts';

const engines: Engine[] = ['mt-kafkachannel', 'mt-inmemory', 'kafka'];
const none = Buffer.alloc(0);
const answered = (status: number, engine: Engine, headers = {}, body: Buffer | string = none) =>
  outcomeOf({status, headers, body: Buffer.from(body)}, engine);

for (const engine of engines) {
  test(`${engine}: every status of a failure is retried or not, as Knative's table says`, (t) => {
    const retried = [404, 408, 409, 429, 500, 501, 502, 503, 504, 507, 511, 599];
    const never = [
      300, 301, 304, 307, 400, 401, 403, 405, 406, 410, 411, 413, 415, 422, 424, 425, 428, 451, 499,
    ];
    for (const status of retried) t.is(answered(status, engine).kind, 'retry', `${status}`);
    for (const status of never) t.is(answered(status, engine).kind, 'failed', `${status}`);
    for (const status of [200, 201, 202, 204, 299])
      t.is(answered(status, engine).kind, 'delivered', `${status}`);
  });

  test(`${engine}: a body that is no event is a failure, and only class Kafka does not retry it`, (t) => {
    const kind = engine === 'kafka' ? 'failed' : 'retry';
    const json = {'content-type': 'application/json'};
    const structured = {'content-type': 'application/cloudevents+json'};
    const batch = {'content-type': 'application/cloudevents-batch+json'};
    for (const outcome of [
      answered(200, engine, json, '{"ok":true}'),
      answered(202, engine, {}, 'OK'),
      answered(200, engine, structured, '{"specversion":"1.0"'),
      answered(200, engine, structured, ''),
      answered(200, engine, batch, '[]'),
      answered(200, engine, {'ce-specversion': '9000.1', 'ce-type': 'x'}, 'body'),
    ])
      t.like(outcome, {kind, cause: 'no-event'});
  });

  test(`${engine}: an event in the answer is the reply`, (t) => {
    const headers = {'ce-specversion': '1.0', 'ce-id': 'r', 'ce-type': 'z', 'ce-source': '/r'};
    t.like(answered(200, engine, headers), {
      kind: 'delivered',
      reply: {attributes: {id: 'r'}, data: null},
    });
    t.like(answered(202, engine, headers), {kind: 'delivered', reply: {attributes: {id: 'r'}}});
    const body = '{"specversion":"1.0","id":"s","type":"z","source":"/r","data":{"a":1}}';
    const outcome = answered(200, engine, {'content-type': 'application/cloudevents+json'}, body);
    t.is(outcome.kind === 'delivered' ? outcome.reply?.data?.toString() : undefined, '{"a":1}');
    t.like(answered(200, engine, {'ce-specversion': '9000.1', 'ce-type': 'z'}), {
      kind: 'delivered',
      reply: null,
    });
  });
}

test('a binary answer without a type is no reply over Kafka, and refused in memory', (t) => {
  const headers = {'ce-specversion': '1.0', 'ce-id': 'r', 'ce-source': '/r'};
  t.like(answered(200, 'mt-kafkachannel', headers), {kind: 'delivered', reply: null});
  t.like(answered(200, 'kafka', headers), {kind: 'delivered', reply: null});
  t.like(answered(200, 'mt-inmemory', headers), {kind: 'failed', cause: 'reply', status: 400});
});

test('of a long answer only the beginning is held', (t) => {
  const outcome = answered(500, 'kafka', {}, 'y'.repeat(4_000_000));
  t.is(outcome.kind === 'delivered' ? -1 : outcome.body.length, 1024);
  t.is(outcome.kind === 'delivered' ? -1 : outcome.body.buffer.byteLength < 100_000 ? 1 : 0, 1);
});

test('no answer is tried again', (t) => {
  t.like(outcomeOfError(new Error('reset'), 'no-answer'), {kind: 'retry', cause: 'no-answer'});
  t.like(outcomeOfError(new Error('late'), 'timeout'), {kind: 'retry', cause: 'timeout'});
});
