import test from 'ava';
import {type DoorContext, door, service} from '#kit';
import {saidId} from '../../../services/kit/say.ts';
import {anyAnswer as answers, letterWritten} from '../letters.ts';
import {broker, deliver, letter, serving} from '../serving.ts';

const doors = service({
  name: 'doors',
  receives: letterWritten,
  publishes: [letterWritten],
  handle: async () => undefined,
  routes: {
    'GET /letters/:id': door({role: 'submit', answers, handle: async (request) => request.params}),
    'POST /letters': door({
      role: 'review',
      bodyLimit: {bytes: 10, words: 'a word'},
      answers,
      async handle(request, {say}: DoorContext<object, typeof letterWritten>) {
        await say(letterWritten(letterWritten.example), {key: 'letter-1'});
        request.status = 202;
      },
    }),
    'DELETE /letters': door({
      role: 'operate',
      answers,
      async handle(request, {person}) {
        request.set('X-Person', person.name);
        request.status = 204;
      },
    }),
  },
});

test('a door is given the parts of its path, decoded once', async (t) => {
  const {ask} = await serving(t, doors);

  const {body} = await ask('/letters/a%20%2525%2Fb');

  t.deepEqual(JSON.parse(body.toString()), {id: 'a %25/b'});
});

test('a path that is no UTF-8 is 400', async (t) => {
  const {ask} = await serving(t, doors);

  t.is((await ask('/letters/%FF')).status, 400);
});

test('a door is found by its method, and others are told', async (t) => {
  const {ask} = await serving(t, doors);

  const answer = await ask('/letters', {method: 'PUT'});

  t.is(answer.status, 405);
  t.is(answer.headers.get('allow'), 'POST, DELETE');
  t.is((await ask('/letters', {method: 'DELETE'})).status, 204);
  t.is((await ask('/letters/1', {method: 'HEAD'})).status, 200);
});

test('an event of a door begins a flow of its own', async (t) => {
  const {url: sink, taken} = await broker(t);
  const {ask} = await serving(t, doors, {sink});

  const {status} = await ask('/letters', {method: 'POST'});

  const id = saidId(letterWritten, 'letter-1');
  t.is(status, 202);
  t.like(taken[0]?.attributes, {
    id,
    source: '/services/doors',
    type: letterWritten.type,
    correlationid: id,
  });
  t.false('causationid' in (taken[0]?.attributes ?? {}));
});

test('whatever wakes a service is answered before all else, without a word', async (t) => {
  const {url} = await serving(t, doors);

  const woken = await deliver(url, letter('1'), '/wake');

  t.is(woken.status, 204);
  t.is(woken.body.length, 0);
});
