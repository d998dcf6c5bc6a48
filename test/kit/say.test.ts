/** What front doors say, on every kind of database. */
import test, {type ExecutionContext} from 'ava';
import {sql} from 'kysely';
import {type CloudEvent, type Config, type DoorContext, door, encodeStructured, service} from '#kit';
import {readConfig} from '#kit/wire';
import {migrations} from '../../services/kit/database/migrations.ts';
import {openDatabase} from '../../services/kit/database/open-database.ts';
import {forgetOld, oldSaid} from '../../services/kit/forgetting.ts';
import {databases} from '../state/databases.ts';
import {anyAnswer, letterCopied, letterWritten} from './letters.ts';
import {notary} from './notary.ts';
import {broker, type Running, serving} from './serving.ts';

/** Where nobody listens. */
const nowhere = new URL('http://127.0.0.1:1/dip/default');
const post = {method: 'POST'};
const jsonOf = async ({ask}: Running, path: string) => JSON.parse((await ask(path)).body.toString());
const bytesOf = (event: CloudEvent | undefined) => event && encodeStructured(event).body.toString();

for (const {name, empty} of databases()) {
  const start = async (t: ExecutionContext, changes: Partial<Config>) =>
    serving(t, notary, {...(await empty(t)), ...changes});

  test(`${name}: what a door says is with the broker before the door answers, and its change is kept`, async (t) => {
    const {url: sink, taken} = await broker(t);
    const running = await start(t, {sink});

    const {status, body} = await running.ask('/decisions/one', post);

    const {event, word, isRepeat} = JSON.parse(body.toString());
    t.deepEqual([status, isRepeat], [202, false]);
    t.is(taken[0]?.attributes['id'], event);
    t.deepEqual(await jsonOf(running, '/decisions'), [{name: 'one', word}]);
    t.deepEqual(await jsonOf(running, '/untold'), []);
  });

  test(`${name}: the same key is the same event, and changes nothing again`, async (t) => {
    const {url: sink, taken} = await broker(t);
    const running = await start(t, {sink});

    const answers = await Promise.all(Array.from({length: 10}, () => running.ask('/decisions/one', post)));

    const said = answers.map(({body}) => JSON.parse(body.toString()));
    t.is(new Set(said.map(({word}) => word)).size, 1);
    t.is(said.filter(({isRepeat}) => !isRepeat).length, 1);
    t.is(new Set(taken.map(bytesOf)).size, 1);
    t.is((await jsonOf(running, '/decisions')).length, 1);
  });

  test(`${name}: while the broker is away what is decided stands, and is told at the next start`, async (t) => {
    const {url: sink, taken} = await broker(t);
    const before = await start(t, {sink: nowhere});
    const away = await before.ask('/decisions/one', post);
    const decided = await jsonOf(before, '/decisions');
    await before.stop();

    const after = await serving(t, notary, {...before.config, sink});
    while ((await jsonOf(after, '/untold')).length > 0) await new Promise(setImmediate);
    const again = await after.ask('/decisions/one', post);

    t.is(away.status, 503);
    t.regex(
      JSON.parse(away.body.toString()).error,
      /^This is kept and will take effect when the broker is back/,
    );
    t.like(JSON.parse(again.body.toString()), {word: decided[0].word, isRepeat: true});
    t.deepEqual(
      taken.map((event) => JSON.parse(String(event.data)).model),
      [decided[0].word],
    );
  });

  test(`${name}: what the broker did not take is told again though nobody asks`, async (t) => {
    const {url: sink, taken} = await broker(
      t,
      Array.from({length: 6}, () => 503),
    );
    const running = await start(t, {sink});

    const {status} = await running.ask('/decisions/one', post);
    while ((await jsonOf(running, '/untold')).length > 0) await new Promise(setImmediate);

    t.is(status, 503);
    t.is(new Set(taken.map(bytesOf)).size, 1);
    t.is(taken.length, 7);
  });

  test(`${name}: what the broker refuses holds nothing else back`, async (t) => {
    const {url: sink, taken} = await broker(t, [400, 400]);
    const before = await start(t, {sink: nowhere});
    await Promise.all(['one', 'two', 'three'].map((one) => before.ask(`/decisions/${one}`, post)));
    await before.stop();

    const after = await serving(t, notary, {...before.config, sink});
    while ((await jsonOf(after, '/untold')).length > 2) await new Promise(setImmediate);

    t.is(taken.length, 3);
  });

  test(`${name}: where a change can not be made nothing is said`, async (t) => {
    const {url: sink, taken} = await broker(t);
    const running = await start(t, {sink});

    const broken = await running.ask('/decisions/one', {...post, headers: {breaks: 'yes'}});
    const whole = await running.ask('/decisions/one', post);

    t.deepEqual([broken.status, whole.status], [500, 202]);
    t.is(JSON.parse(whole.body.toString()).isRepeat, false);
    t.is((await jsonOf(running, '/decisions')).length, 1);
    t.is(taken.length, 1);
  });

  test(`${name}: what can not be done again is not said while the broker is away, nor later`, async (t) => {
    const {url: sink, taken} = await broker(t);
    const before = await start(t, {sink: nowhere});

    const {status, body} = await before.ask('/whims/one', post);
    const untold = await jsonOf(before, '/untold');
    await before.stop();
    const after = await serving(t, notary, {...before.config, sink});
    const again = await after.ask('/whims/one', post);

    t.is(status, 503);
    t.notRegex(body.toString(), /is kept/);
    t.deepEqual(untold, []);
    t.is(again.status, 202);
    t.is(taken.length, 1, 'only the second one is said');
  });

  test(`${name}: what was said is forgotten as late as replies, and never before the broker has it`, async (t) => {
    const {url: sink} = await broker(t);
    const running = await start(t, {sink});
    await running.ask('/decisions/one', post);
    await running.stop();
    const away = await serving(t, notary, {...running.config, sink: nowhere});
    await away.ask('/decisions/two', post);
    await away.stop();
    const database = await openDatabase(running.config, 'notary', migrations<Record<never, never>>({}));
    t.teardown(() => database.destroy());
    const keys = async () =>
      (await sql<{key: string}>`select key from said order by key`.execute(database)).rows;
    const days = (count: number) => new Date(Date.now() + count * 86_400_000);

    await forgetOld(database, oldSaid, days(29));
    const kept = await keys();
    await forgetOld(database, oldSaid, days(31));

    t.deepEqual(kept, [{key: 'one'}, {key: 'two'}]);
    t.deepEqual(await keys(), [{key: 'two'}]);
  });

  test(`${name}: a service without tables says what it says as surely`, async (t) => {
    const {url: sink, taken} = await broker(t);
    const crier = service({
      name: 'crier',
      receives: letterWritten,
      publishes: [letterCopied],
      once: 'pure',
      handle: async () => undefined,
      routes: {
        'POST /cries': door({
          role: 'submit',
          answers: anyAnswer,
          handle: async (_request, {say}: DoorContext<object, typeof letterCopied>) =>
            (await say(letterCopied(letterCopied.example), {key: 'one'})).isRepeat,
        }),
      },
    });
    const before = await serving(t, crier, {...(await empty(t)), sink});
    const first = await before.ask('/cries', post);
    await before.stop();
    const after = await serving(t, crier, {...readConfig({}), ...before.config});
    const second = await after.ask('/cries', post);

    t.deepEqual(
      [first, second].map(({body}) => body.toString()),
      ['false', 'true'],
    );
    t.is(taken.length, 1);
  });
}
