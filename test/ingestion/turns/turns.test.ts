import test from 'ava';
import {Defer} from '#kit';
import {Turns, type TurnsOptions} from '../../../services/ingestion/turns/turns.ts';

/** Turns at a thing, with a clock of their own that goes on by what each piece of work takes. */
function started(patienceMs = 60_000, options: TurnsOptions = {}) {
  let now = 0;
  const turns = new Turns<string>({patienceMs, now: () => now, ...options});
  const order: string[] = [];
  const {promise: gate, resolve: open} = Promise.withResolvers<void>();
  const ask = (name: string, ms: number, {sender = name, root = name} = {}) =>
    turns.take({key: name, sender, root}, async () => {
      await gate;
      order.push(name);
      now += ms;
      return name;
    });
  return {turns, order, open, ask};
}

for (const [whose, sender] of Object.entries({'of others': 'mallory', 'of the same sender': 'ann'}))
  test(`a mail's many slow attachments let every letter ${whose} go before the second of them`, async (t) => {
    const {order, open, ask} = started();
    const mail = Array.from({length: 5}, (_, n) => ask(`slow ${n}`, 20_000, {sender, root: 'mail'}));
    const letters = Array.from({length: 50}, (_, n) => ask(`letter ${n}`, 10, {sender: 'ann'}));

    open();
    await Promise.all([...mail, ...letters]);

    t.deepEqual(order.slice(0, 52), [
      'slow 0',
      ...Array.from({length: 50}, (_, n) => `letter ${n}`),
      'slow 1',
    ]);
  });

test('who waits too long is told to come again, and has kept its place', async (t) => {
  const {order, open, ask} = started(20);
  const first = ask('first', 1, {sender: 'ann', root: 'ann'});
  const second = ask('second', 1, {sender: 'ann', root: 'ann'});

  const told = await t.throwsAsync(second, {instanceOf: Defer, message: /keeps its place/});
  t.is(told?.retryAfter, 1, 'so that on one machine it is held, and no attempt is counted');
  const third = ask('third', 1, {sender: 'ann', root: 'ann'});
  const again = ask('second', 1, {sender: 'ann', root: 'ann'});
  open();
  await Promise.all([first, third, again]);

  t.deepEqual(order, ['first', 'second', 'third']);
});

test('who asks twice for one thing gets one turn and one answer', async (t) => {
  const {order, open, ask} = started();

  const answers = [ask('other', 1), ask('same', 1), ask('same', 1)];
  open();

  t.deepEqual(await Promise.all(answers), ['other', 'same', 'same']);
  t.deepEqual(order, ['other', 'same']);
});

test('work that fails gives its turn on', async (t) => {
  const {open, ask, turns} = started();
  open();
  const failing = turns.take({key: 'failing', sender: 'ann', root: 'ann'}, async () => {
    throw new TypeError('It broke.');
  });
  const after = ask('after', 1);

  await t.throwsAsync(failing, {message: 'It broke.'});
  t.is(await after, 'after');
});

test('of one sender whose turns are long only so many wait here, and the others are sent away at once, longer where they are many', async (t) => {
  const {open, ask, turns} = started(60_000, {mostHere: 2, usualMs: 4_000});
  const told: number[] = [];
  const asked = Array.from({length: 60}, (_, n) =>
    ask(`mallory ${n}`, 1, {sender: 'mallory'}).catch((error: unknown) => {
      if (error instanceof Defer) told.push(error.retryAfter ?? 0);
    }),
  );
  const other = ask('ann', 1, {sender: 'ann'});

  open();
  t.is(await other, 'ann');
  await Promise.all(asked);

  t.is(told.length, 60 - 3, 'one has its turn, and two wait');
  t.deepEqual([told[0], told.at(-1)], [1, 12]);
  t.is(turns.waitedForBy('mallory'), 57);
  t.is(turns.waitedForBy('ann'), 0);
});

test('the one that is sent away is the last of those that came with most others', async (t) => {
  const {open, ask, order} = started(60_000, {mostHere: 2, usualMs: 4_000});
  const busy = ask('busy', 1, {sender: 'ann'});
  const first = ask('first of a mail', 1, {sender: 'ann', root: 'mail'});
  const second = ask('second of a mail', 1, {sender: 'ann', root: 'mail'});
  const away = t.throwsAsync(second, {instanceOf: Defer});
  const letter = ask('letter', 1, {sender: 'ann'});
  await away;

  open();
  await Promise.all([busy, first, letter]);

  t.deepEqual(order, ['busy', 'first of a mail', 'letter']);
});

test('nobody is sent away while all that wait are done in a moment', async (t) => {
  const {open, ask, turns} = started(60_000, {mostHere: 2});
  const asked = Array.from({length: 40}, (_, n) => ask(`ann ${n}`, 10, {sender: 'ann'}));

  open();

  t.is((await Promise.all(asked)).length, 40);
  t.is(turns.waitedForBy('ann'), 0);
});

test('of a sender whose first turn was long all but so many are sent away at its end', async (t) => {
  const {open, ask, order, turns} = started(60_000, {mostHere: 2});
  const told: number[] = [];
  const asked = Array.from({length: 10}, (_, n) =>
    ask(`mallory ${n}`, 20_000, {sender: 'mallory'}).catch((error: unknown) => {
      if (error instanceof Defer) told.push(error.retryAfter ?? 0);
    }),
  );

  open();
  await Promise.all(asked);

  t.deepEqual(order, ['mallory 0', 'mallory 1', 'mallory 2']);
  t.is(told.length, 7);
  t.is(turns.waitedForBy('mallory'), 7);
});
