/** A service that sends no telemetry itself, in the middle of those that do. */
import {randomUUID} from 'node:crypto';
import test, {type ExecutionContext} from 'ava';
import {type Config, type DoorContext, door, service} from '#kit';
import {logOf, readConfig, start} from '#kit/wire';
import {anyAnswer, letterAnswered, letterWritten} from '../kit/letters.ts';
import {asking, broker, deliver, folder, letter, makeKeys} from '../kit/serving.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${trace}-00f067aa0ba902b7-01`;

const office = service({
  name: 'office',
  receives: letterWritten,
  replies: [letterAnswered],
  publishes: [letterWritten],
  async handle({data: {documentId, words}}, {log, publish}) {
    log('info', 'A letter is read.');
    if (words === 0) throw new Error('It is empty.');
    await publish(letterWritten({documentId, words: 0}), 'copy');
    return letterAnswered({documentId, answer: 'yes'});
  },
  routes: {
    'POST /letters': door({
      role: 'submit',
      answers: anyAnswer,
      async handle(request, {say, log}: DoorContext<object, typeof letterWritten>) {
        log('info', 'A letter came in.');
        await say(letterWritten(letterWritten.example), {key: randomUUID()});
        if (request.get('Breaks') !== '') throw new Error('It broke.');
        request.status = 202;
      },
    }),
  },
});

async function running(t: ExecutionContext, changes: Partial<Config> = {}) {
  const lines: string[] = [];
  const config = {...readConfig({PORT: '0', DIP_DATA_DIR: folder(t)}), ...changes};
  makeKeys(config.identityDirectory);
  const {url, stop} = await start(
    office,
    config,
    logOf('office', (line) => void lines.push(line)),
  );
  t.teardown(stop);
  const ask = asking({url, name: 'office', keys: config.identityDirectory});
  return {url, ask, log: () => lines.map((line): Record<string, string> => JSON.parse(line))};
}

test('what follows from an event is in its trace, and so is every line about it', async (t) => {
  const {url: sink, taken} = await broker(t);
  const {url, log} = await running(t, {sink});

  const {reply} = await deliver(url, letter('1', {traceparent, tracestate: 'a=b'}));

  t.like(reply?.attributes, {traceparent, tracestate: 'a=b'});
  t.like(taken[0]?.attributes, {traceparent, tracestate: 'a=b'});
  t.deepEqual(
    log().map(({message, trace_id, span_id}) => ({message, trace_id, span_id})),
    ['A letter is read.', 'event'].map((message) => ({
      message,
      trace_id: trace,
      span_id: '00f067aa0ba902b7',
    })),
  );
});

test('what goes wrong with an event is in its trace too', async (t) => {
  const {url, log} = await running(t);

  const {status} = await deliver(url, letter('1', {traceparent}));

  t.is(status, 500);
  t.is(log().length, 3);
  for (const line of log()) t.is(line['trace_id'], trace, line['message']);
});

test('no tracestate keeps an event from being made', async (t) => {
  const {url: sink, taken} = await broker(t);
  const {ask} = await running(t, {sink});

  for (const tracestate of ['a=b,\tc=d', 'a=\u0085', 'a=b,'.repeat(1_000)])
    t.is((await ask('/letters', {method: 'POST', headers: {traceparent, tracestate}})).status, 202);

  t.deepEqual(
    taken.map(({attributes}) => attributes['tracestate']),
    ['a=b,c=d', undefined, undefined],
  );
});

test('an event that began at a door is in the caller’s trace; with no caller’s it has none', async (t) => {
  const {url: sink, taken} = await broker(t);
  const {ask, log} = await running(t, {sink});

  await ask('/letters', {method: 'POST', headers: {traceparent, tracestate: 'a=b'}});
  await ask('/letters', {method: 'POST'});
  await ask('/letters', {method: 'POST', headers: {traceparent: 'nonsense'}});
  await ask('/letters', {method: 'POST', headers: {traceparent, breaks: 'yes'}});

  t.deepEqual(
    taken.map(({attributes}) => [attributes['traceparent'], attributes['tracestate']]),
    [
      [traceparent, 'a=b'],
      [undefined, undefined],
      [undefined, undefined],
      [traceparent, undefined],
    ],
  );
  t.deepEqual(
    log().map((line) => [line['message'], line['trace_id']]),
    [
      ['A letter came in.', trace],
      ['A letter came in.', undefined],
      ['A letter came in.', undefined],
      ['A letter came in.', trace],
      ['It broke.', trace],
    ],
  );
});
