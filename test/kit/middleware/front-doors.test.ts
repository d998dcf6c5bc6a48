import test from 'ava';
import {service} from '#kit';
import {letterWritten} from '../letters.ts';
import {broker, send, serving} from '../serving.ts';

const doors = service({
  name: 'doors',
  receives: letterWritten,
  publishes: [letterWritten],
  handle: async () => undefined,
  routes: {
    async 'GET /letters/:id'(request) {
      request.body = request.params;
    },
    async 'POST /letters'(request, {event, publish}) {
      const time = new Date('2026-01-31T09:00:00Z');
      await publish(event(letterWritten(letterWritten.example), {id: 'letter-1', time}));
      request.status = 202;
    },
    async 'DELETE /letters'(request) {
      request.status = 204;
    },
  },
});

test('a door is given the parts of its path, decoded once', async (t) => {
  const {url} = await serving(t, doors);

  const {body} = await send(`${url}/letters/a%20%2525%2Fb`, {});

  t.deepEqual(JSON.parse(body.toString()), {id: 'a %25/b'});
});

test('a path that is no UTF-8 is 400', async (t) => {
  const {url} = await serving(t, doors);

  t.is((await send(`${url}/letters/%FF`, {})).status, 400);
});

test('a door is found by its method, and others are told', async (t) => {
  const {url} = await serving(t, doors);

  const answer = await send(`${url}/letters`, {method: 'PUT'});

  t.is(answer.status, 405);
  t.is(answer.headers.get('allow'), 'POST, DELETE');
  t.is((await send(`${url}/letters`, {method: 'DELETE'})).status, 204);
  t.is((await send(`${url}/letters/1`, {method: 'HEAD'})).status, 200);
});

test('an event of a door begins a flow of its own', async (t) => {
  const {url: sink, taken} = await broker(t);
  const {url} = await serving(t, doors, {sink});

  const {status} = await send(`${url}/letters`, {method: 'POST'});

  t.is(status, 202);
  t.like(taken[0]?.attributes, {
    id: 'letter-1',
    source: '/services/doors',
    type: letterWritten.type,
    correlationid: 'letter-1',
    time: '2026-01-31T09:00:00.000Z',
  });
  t.false('causationid' in (taken[0]?.attributes ?? {}));
});
