import test from 'ava';
import {Room} from '../../services/ingestion/room.ts';

const mib = 1024 * 1024;

test('where it is full, only the one that came first is heard, and when it leaves the next ones are', async (t) => {
  const room = new Room({bytes: 10 * mib, reserveBytes: 0});
  const [first, second, third] = [room.enter(() => {}), room.enter(() => {}), room.enter(() => {})];

  t.is(first.take(6 * mib), undefined);
  t.is(second.take(4 * mib), undefined);
  const waiting = third.take(3 * mib);
  const further = second.take(mib);
  t.is(first.take(6 * mib), undefined, 'the first is always heard');
  first.leave();
  await Promise.all([waiting, further]);

  t.is(room.held, 8 * mib);
  second.leave();
  third.leave();
  t.is(room.held, 0);
});

test('a letter goes past heavy scans that fill the room', (t) => {
  const room = new Room({bytes: 10 * mib, reserveBytes: mib});
  const guests = [room.enter(() => {}), room.enter(() => {}), room.enter(() => {})] as const;

  guests[0].take(10 * mib);

  t.not(guests[1].take(mib), undefined);
  t.is(guests[2].take(4096), undefined);
  for (const guest of guests) guest.leave();
});

test('who says nothing while others wait for room is turned away, and who is all there is not', async (t) => {
  const room = new Room({bytes: 10 * mib, reserveBytes: 0, stalledMs: 20});
  const away: string[] = [];
  const enter = (name: string) => {
    const guest = room.enter(() => {
      away.push(name);
      guest.leave();
    });
    return guest;
  };
  const [whole, silent, next] = [enter('whole'), enter('silent'), enter('next')];
  whole.take(mib);
  whole.whole();
  silent.take(9 * mib);

  await next.take(5 * mib);

  t.deepEqual(away, ['silent']);
  whole.leave();
  next.leave();
});
