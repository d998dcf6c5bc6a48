import test from 'ava';
import {HTTP, CloudEvent as SdkEvent} from 'cloudevents';
import {deriveEventId, migrations, service} from '#kit';
import {letterAnswered, letterCopied, letterWritten} from './letters.ts';
import {broker, deliver, letter, sameBytes, send, serving} from './serving.ts';

/** Answers every letter with the model's word and a number that is never the same. */
function answering(model: {word: string}, name = 'answering') {
  let count = 0;
  return service({
    name,
    receives: letterWritten,
    replies: [letterAnswered],
    async handle({data}) {
      count += 1;
      return letterAnswered({documentId: data.documentId, answer: `${model.word} ${count}`});
    },
  });
}

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

test('a repeat gets the same bytes, though the model has changed', async (t) => {
  const model = {word: 'yes'};
  const {url} = await serving(t, answering(model));

  const first = await deliver(url, letter('1'));
  model.word = 'no';
  const second = await deliver(url, letter('1'));

  t.is(first.status, 200);
  t.is(sameBytes(second), sameBytes(first));
});

test('a repeat gets the same bytes after a restart', async (t) => {
  const model = {word: 'yes'};
  const before = await serving(t, answering(model));
  const first = await deliver(before.url, letter('1'));
  await before.stop();
  model.word = 'no';
  const after = await serving(t, answering(model), {dataDirectory: before.config.dataDirectory});

  const second = await deliver(after.url, letter('1'));

  t.is(sameBytes(second), sameBytes(first));
});

test('one event delivered many times at once has one reply', async (t) => {
  const all = Promise.withResolvers<void>();
  let begun = 0;
  const crowded = service({
    name: 'crowded',
    receives: letterWritten,
    replies: [letterAnswered],
    async handle({data}) {
      begun += 1;
      const answer = String(begun);
      if (begun === 10) all.resolve();
      await all.promise;
      return letterAnswered({documentId: data.documentId, answer});
    },
  });
  const {url} = await serving(t, crowded);

  const answers = await Promise.all(Array.from({length: 10}, () => deliver(url, letter('1'))));

  t.is(begun, 10);
  t.is(new Set(answers.map(sameBytes)).size, 1);
});

test('a replay made to repair is answered anew, and the same replay twice is not', async (t) => {
  const {url} = await serving(t, answering({word: 'yes'}));

  const first = await deliver(url, letter('1'));
  const replayed = await deliver(url, letter('1', {replayid: 'r1'}));
  const again = await deliver(url, letter('1', {replayid: 'r1'}));

  t.not(replayed.reply?.attributes['id'], first.reply?.attributes['id']);
  t.is(replayed.reply?.attributes['replayid'], 'r1');
  t.not(replayed.body.toString(), first.body.toString());
  t.is(sameBytes(again), sameBytes(replayed));
});

test('no id is taken for another one with a replay', async (t) => {
  const {url} = await serving(t, answering({word: 'yes'}));
  const pairs = [letter('1 r1'), letter('1', {replayid: 'r1'}), letter('1","r1'), letter('1\\')];

  const answers = await Promise.all(pairs.map((event) => deliver(url, event)));

  t.is(new Set(answers.map(({body}) => body.toString())).size, pairs.length);
});

test('two parts of one event have a reply each, with the id that its handler was told', async (t) => {
  const parted = service({
    name: 'parted',
    receives: letterWritten,
    replies: [letterAnswered],
    part: ({attributes}) => String(attributes['failedat']),
    handle: async ({data}, {replyId}) =>
      letterAnswered({documentId: data.documentId, answer: replyId(letterAnswered)}),
  });
  const {url} = await serving(t, parted);

  const [one, other] = await Promise.all(
    ['here', 'there'].map((failedat) => deliver(url, letter('1', {failedat}))),
  );

  t.not(one?.reply?.attributes['id'], other?.reply?.attributes['id']);
  for (const answer of [one, other])
    t.is(JSON.parse(String(answer?.body)).answer, answer?.reply?.attributes['id']);
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

test('a change and its reply are stored together or not at all', async (t) => {
  let isBroken = true;
  const counting = service({
    name: 'counting',
    receives: letterWritten,
    replies: [letterAnswered],
    tables: migrations<{counts: {id: string}}>({
      '1-counts': async (database) => {
        await database.schema.createTable('counts').addColumn('id', 'text').execute();
      },
    }),
    async handle({id, data}, {change}) {
      change(async (transaction) => {
        await transaction.insertInto('counts').values({id}).execute();
        if (isBroken) throw new Error('The disk is full.');
      });
      return letterAnswered({documentId: data.documentId, answer: String(isBroken)});
    },
    routes: {
      async 'GET /counts'(request, {database}) {
        request.body = await database.selectFrom('counts').selectAll().execute();
      },
    },
  });
  const {url} = await serving(t, counting);

  const broken = await deliver(url, letter('1'));
  isBroken = false;
  const [whole] = [await deliver(url, letter('1')), await deliver(url, letter('1'))];
  const counts = await send(`${url}/counts`, {});

  t.is(broken.status, 500);
  t.is(JSON.parse(whole.body.toString()).answer, 'false');
  t.deepEqual(JSON.parse(counts.body.toString()), [{id: '1'}]);
});

test('a reply that breaks its contract does not go out, and is not stored', async (t) => {
  const model = {word: 'a word far too long for an answer, which may have 64 characters and no more'};
  const {url, lines} = await serving(t, answering(model));

  const broken = await deliver(url, letter('1'));
  model.word = 'yes';
  const whole = await deliver(url, letter('1'));

  t.is(broken.status, 500);
  t.is(broken.reply, undefined);
  t.true(lines.some((line) => line.includes('would break its contract')));
  t.is(whole.status, 200);
});

/** Copies every letter twice, then answers. */
function copying(model: {word: string; isBroken: boolean}) {
  return service({
    name: 'copying',
    receives: letterWritten,
    replies: [letterAnswered],
    publishes: [letterCopied],
    async handle({data: {documentId}}, {publish}) {
      for (const copy of [1, 2]) await publish(letterCopied({documentId, copy, model: model.word}), copy);
      if (model.isBroken) throw new Error('Out of paper.');
      return letterAnswered({documentId, answer: model.word});
    },
  });
}

test('what is published besides has derived ids, and a second attempt publishes the same bytes', async (t) => {
  const model = {word: 'first', isBroken: true};
  const {url: sink, taken} = await broker(t);
  const {url} = await serving(t, copying(model), {sink});

  const broken = await deliver(url, letter('1'));
  Object.assign(model, {word: 'second', isBroken: false});
  const whole = await deliver(url, letter('1'));

  t.deepEqual([broken.status, whole.status], [500, 200]);
  t.is(taken.length, 4);
  t.deepEqual(taken.slice(2), taken.slice(0, 2));
  t.deepEqual(
    taken.slice(0, 2).map(({attributes}) => attributes['id']),
    [1, 2].map((part) => deriveEventId(letter('1'), letterCopied.type, part)),
  );
  t.is(JSON.parse(whole.body.toString()).answer, 'second');
});

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
