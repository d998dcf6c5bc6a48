import test from 'ava';
import fc from 'fast-check';
import {hasDots, isEventDoor} from '../../services/gateway/meant-path.ts';

test('the door for events is found however often its path was encoded', (t) => {
  const written = fc.constantFrom(
    'events',
    'Events',
    'EVENTS',
    'events;a=b',
    'events ',
    'events\0',
    'e\tvents',
  );
  const before = fc.array(fc.constantFrom('/', '//', '/./', '\\', '/x/../', '/;a/'), {
    minLength: 1,
    maxLength: 4,
  });
  const after = fc.constantFrom('', '/', '//', '?x', '#x', '/.', '/x/..', '?/documents');
  fc.assert(
    fc.property(
      written,
      before,
      after,
      fc.nat(3),
      fc.infiniteStream(fc.boolean()),
      (name, lead, end, times, coin) => {
        let path = `${lead.join('')}${name}${end}`;
        for (let time = 0; time < times; time++)
          path = `/${[...path.slice(1)].map((each) => (coin.next().value ? percent(each) : each)).join('')}`;
        for (const method of ['GET', 'POST', 'PUT', 'HEAD', 'OPTIONS'])
          if (!isEventDoor(method, path)) return false;
        return true;
      },
    ),
    {numRuns: 3_000},
  );
  t.pass();
});

test('only the root and what means it hears events besides, and never by reading', (t) => {
  for (const path of ['/', '//', '/.', '/?x', '/x/..', '/%2F', '/%2e', '/;a', '/%3Fx', '/%20']) {
    t.true(isEventDoor('POST', path), path);
    t.true(isEventDoor('PUT', path), path);
    t.false(isEventDoor('GET', path), path);
    t.false(isEventDoor('HEAD', path), path);
  }
  for (const path of [
    '/documents',
    '/events/1',
    '/documents/events',
    '/event',
    '/eventsx',
    '/documents?/events',
  ])
    t.false(isEventDoor('POST', path), path);
});

test('segments that lead elsewhere are found, and names with dots are none', (t) => {
  for (const path of [
    '/..',
    '/a/../b',
    '/%2e%2e/b',
    '/a/.%2E',
    '/a\\..\\b',
    '/%252e%252e',
    '/..;x/a',
    '/a/./b',
    '/.%20./',
  ])
    t.true(hasDots(path), path);
  for (const path of ['/a.b', '/...', '/a..b', '/documents/.hidden', '/a?x=/../'])
    t.false(hasDots(path), path);
});

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
