import test from 'ava';
import {HTTP, CloudEvent as SdkEvent} from 'cloudevents';
import {service} from '#kit';
import {letterAnswered, letterWritten} from './letters.ts';
import {answering, copying} from './once-services.ts';
import {broker, deliver, letter, sameBytes, serving} from './serving.ts';

/** Answers every letter with the model's word and a number that is never the same. */
test('an event is answered with its reply, for the CloudEvents SDK in both modes', async (t) => {
  const {url} = await serving(t, answering({word: 'yes'}));

  for (const mode of ['binary', 'structured'] as const) {
    const {headers, body} = HTTP[mode](
      new SdkEvent({
        id: mode,
        source: '/sdk',
        type: letterWritten.type,
        dataschema: letterWritten.dataschema,
        data: {documentId: 'doc-1', words: 1},
      }),
    );
    const response = await fetch(`${url}/events`, {
      method: 'POST',
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
      body: String(body),
    });
    const reply = HTTP.toEvent({headers: Object.fromEntries(response.headers), body: await response.text()});
    if (Array.isArray(reply)) return t.fail('Expected one event.');

    t.is(response.status, 200);
    t.like(reply, {
      type: letterAnswered.type,
      source: '/services/answering',
      subject: 'doc-1',
      partitionkey: 'doc-1',
      causationid: mode,
      correlationid: mode,
      dataschema: letterAnswered.dataschema,
    });
  }
});

test('a service without a reply answers 204 with no body, again and again', async (t) => {
  let handled = 0;
  const silent = service({
    name: 'silent',
    receives: letterWritten,
    async handle() {
      handled += 1;
      return undefined;
    },
  });
  const {url} = await serving(t, silent);

  for (const answer of [await deliver(url, letter('1')), await deliver(url, letter('1'))]) {
    t.is(answer.status, 204);
    t.is(answer.body.length, 0);
    t.is(answer.reply, undefined);
  }
  t.is(handled, 1);
});

test('a pure service keeps nothing and says the same again, at the time of its cause', async (t) => {
  const pure = service({
    name: 'pure',
    receives: letterWritten,
    replies: [letterAnswered],
    once: 'pure',
    handle: async ({data}) => letterAnswered({documentId: data.documentId, answer: 'yes'}),
  });
  const {url} = await serving(t, pure);

  const first = await deliver(url, letter('1'));
  const second = await deliver(url, letter('1'));
  const leap = await deliver(url, letter('2', {time: '2016-12-31T23:59:60Z'}));

  t.is(first.reply?.attributes['time'], '2026-01-31T09:00:00.000Z');
  t.is(sameBytes(second), sameBytes(first));
  t.is(leap.status, 200);
  t.false('time' in (leap.reply?.attributes ?? {}));
});

/** Copies every letter twice, then answers. */
test('a broker that refuses an event has its cause refused, and is asked once', async (t) => {
  const {url: sink, taken} = await broker(t, [413]);
  const {url} = await serving(t, copying({word: 'x', isBroken: false}), {sink});

  const answer = await deliver(url, letter('1'));

  t.is(answer.status, 400);
  t.is(taken.length, 1);
});

test('a broker that is away for a moment is asked again', async (t) => {
  const {url: sink, taken} = await broker(t, [503, 429]);
  const {url} = await serving(t, copying({word: 'x', isBroken: false}), {sink});

  const answer = await deliver(url, letter('1'));

  t.is(answer.status, 200);
  t.is(taken.length, 4);
});

test('a broker that stays away defers the event', async (t) => {
  const {url: sink, taken} = await broker(t, [500, 500, 500, 500, 500, 500]);
  const {url} = await serving(t, copying({word: 'x', isBroken: false}), {sink});

  const answer = await deliver(url, letter('1'));

  t.is(answer.status, 503);
  t.is(taken.length, 6);
});
