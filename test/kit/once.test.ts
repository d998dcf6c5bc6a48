/** What is stored of an event, on every kind of database. */
import {randomBytes} from 'node:crypto';
import test, {type ExecutionContext} from 'ava';
import {
  type Config,
  type DoorContext,
  dataAs,
  deriveEventId,
  door,
  migrations,
  type Service,
  service,
} from '#kit';
import {databases} from '../state/databases.ts';
import {anyAnswer, letterAnswered, letterCopied, letterWritten} from './letters.ts';
import {answering, copying, counting, hasty} from './once-services.ts';
import {broker, deliver, letter, sameBytes, serving} from './serving.ts';

for (const {name, empty} of databases()) {
  const start = async (t: ExecutionContext, one: Service, changes: Partial<Config> = {}) =>
    serving(t, one, {...(await empty(t)), ...changes});

  test(`${name}: a repeat gets the same bytes, though the model has changed`, async (t) => {
    const model = {word: 'yes'};
    const {url} = await start(t, answering(model));

    const first = await deliver(url, letter('1'));
    model.word = 'no';
    const second = await deliver(url, letter('1'));

    t.is(first.status, 200);
    t.is(sameBytes(second), sameBytes(first));
  });

  test(`${name}: a repeat gets the same bytes after a restart`, async (t) => {
    const model = {word: 'yes'};
    const before = await start(t, answering(model));
    const first = await deliver(before.url, letter('1'));
    await before.stop();
    model.word = 'no';
    const after = await serving(t, answering(model), before.config);

    const second = await deliver(after.url, letter('1'));

    t.is(sameBytes(second), sameBytes(first));
  });

  for (const attribute of ['id', 'source']) {
    test(`${name}: a repeat gets the same bytes, though its ${attribute} is longer than an index takes`, async (t) => {
      const {url} = await start(t, answering({word: 'yes'}));
      const event = letter('1', {[attribute]: randomBytes(1_500).toString('hex')});

      const first = await deliver(url, event);
      const second = await deliver(url, event);

      t.is(first.status, 200);
      t.is(sameBytes(second), sameBytes(first));
    });
  }

  test(`${name}: a reply that is decided in its transaction knows what was kept before it, and stays as it was`, async (t) => {
    const {url} = await start(t, counting);

    const replies = await Promise.all(['1', '2', '3', '4'].map((id) => deliver(url, letter(id))));
    const repeat = await deliver(url, letter('1'));

    const answers = replies.map(({reply}) => reply && dataAs(reply, letterAnswered).answer);
    t.deepEqual(answers.toSorted(), ['1', '2', '3', '4']);
    t.is(sameBytes(repeat), sameBytes(replies[0] ?? repeat));
    t.not(replies[0], undefined);
  });

  test(`${name}: one event delivered many times at once has one reply`, async (t) => {
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
    const {url} = await start(t, crowded);

    const answers = await Promise.all(Array.from({length: 10}, () => deliver(url, letter('1'))));

    t.is(begun, 10);
    t.is(new Set(answers.map(sameBytes)).size, 1);
  });

  test(`${name}: a replay made to repair is answered anew, and the same replay twice is not`, async (t) => {
    const {url} = await start(t, answering({word: 'yes'}));

    const first = await deliver(url, letter('1'));
    const replayed = await deliver(url, letter('1', {replayid: 'r1'}));
    const again = await deliver(url, letter('1', {replayid: 'r1'}));

    t.not(replayed.reply?.attributes['id'], first.reply?.attributes['id']);
    t.is(replayed.reply?.attributes['replayid'], 'r1');
    t.not(replayed.body.toString(), first.body.toString());
    t.is(sameBytes(again), sameBytes(replayed));
  });

  test(`${name}: no id is taken for another one with a replay`, async (t) => {
    const {url} = await start(t, answering({word: 'yes'}));
    const pairs = [letter('1 r1'), letter('1', {replayid: 'r1'}), letter('1","r1'), letter('1\\')];

    const answers = await Promise.all(pairs.map((event) => deliver(url, event)));

    t.is(new Set(answers.map(({body}) => body.toString())).size, pairs.length);
  });

  test(`${name}: two parts of one event have a reply each, with the id that its handler was told`, async (t) => {
    const parted = service({
      name: 'parted',
      receives: letterWritten,
      replies: [letterAnswered],
      occurrence: ({attributes}) => String(attributes['failedat']),
      handle: async ({data}, {replyId}) =>
        letterAnswered({documentId: data.documentId, answer: replyId(letterAnswered)}),
    });
    const {url} = await start(t, parted);

    const [one, other] = await Promise.all(
      ['here', 'there'].map((failedat) => deliver(url, letter('1', {failedat}))),
    );

    t.not(one?.reply?.attributes['id'], other?.reply?.attributes['id']);
    for (const answer of [one, other])
      t.is(JSON.parse(String(answer?.body)).answer, answer?.reply?.attributes['id']);
  });

  test(`${name}: a change and its reply are stored together or not at all`, async (t) => {
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
        'GET /counts': door({
          role: 'submit',
          answers: anyAnswer,
          handle: async (_request, {database}: DoorContext<{counts: {id: string}}, never>) =>
            database.selectFrom('counts').selectAll().execute(),
        }),
      },
    });
    const {url, ask} = await start(t, counting);

    const broken = await deliver(url, letter('1'));
    isBroken = false;
    const [whole] = [await deliver(url, letter('1')), await deliver(url, letter('1'))];
    const counts = await ask('/counts');

    t.is(broken.status, 500);
    t.is(JSON.parse(whole.body.toString()).answer, 'false');
    t.deepEqual(JSON.parse(counts.body.toString()), [{id: '1'}]);
  });

  test(`${name}: a reply that breaks its contract does not go out, and is not stored`, async (t) => {
    const model = {word: 'a word far too long for an answer, which may have 64 characters and no more'};
    const {url, lines} = await start(t, answering(model));

    const broken = await deliver(url, letter('1'));
    model.word = 'yes';
    const whole = await deliver(url, letter('1'));

    t.is(broken.status, 500);
    t.is(broken.reply, undefined);
    t.true(lines.some((line) => line.includes('would break its contract')));
    t.is(whole.status, 200);
  });

  test(`${name}: what is published besides has derived ids, and a second attempt publishes the same bytes`, async (t) => {
    const model = {word: 'first', isBroken: true};
    const {url: sink, taken} = await broker(t);
    const {url} = await start(t, copying(model), {sink});

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
}

test('a service that stores no replies has no transaction to decide one in, and says so', async (t) => {
  const {url, lines} = await serving(t, hasty);

  const {status} = await deliver(url, letter('1'));

  t.is(status, 500);
  t.true(lines.some((line) => line.includes('Service hasty stores no replies')));
});
