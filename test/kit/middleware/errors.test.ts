import test from 'ava';
import fc from 'fast-check';
import {Defer, door, Reject, service} from '#kit';
import {largestEventBytes} from '#kit/wire';
import {anyAnswer, letterAnswered, letterCopied, letterWritten} from '../letters.ts';
import {deliver, letter, serving} from '../serving.ts';

/** A service whose handler and door throw what they are told to. */
function throwing(problem: {error: unknown}) {
  return service({
    name: 'throwing',
    receives: letterWritten,
    async handle() {
      throw problem.error;
    },
    routes: {
      'GET /door/:word': door({
        role: 'submit',
        answers: anyAnswer,
        async handle(request) {
          if (request.params['word'] === 'throw') throw problem.error;
          return request.throw(409, `Taken: ${request.params['word']}`);
        },
      }),
    },
  });
}

const failures: Record<string, [unknown, number]> = {
  'Reject is 400: never again': [new Reject('No.'), 400],
  'Defer is 503: later': [new Defer('Later.'), 503],
  'a bug is 500: again': [new TypeError('Oops.'), 500],
  'what is no error is 500': ['oops', 500],
  'an error with a status of its own is 500, as it is not about this event': [
    Object.assign(new Error('There is no such blob.'), {status: 404, statusCode: 404, expose: true}),
    500,
  ],
};
for (const [what, [error, status]] of Object.entries(failures)) {
  test(what, async (t) => {
    const {url} = await serving(t, throwing({error}));

    const answer = await deliver(url, letter('1'));

    t.is(answer.status, status);
    t.is(answer.reply, undefined);
    t.truthy(JSON.parse(answer.body.toString()).error);
  });
}

test('an error body is far below 700 bytes and whole JSON, whatever was thrown', async (t) => {
  const problem = {error: new Error()};
  const {url} = await serving(t, throwing(problem));
  const sentence = fc.oneof(
    fc.string({unit: 'grapheme', minLength: 300, maxLength: 2000}),
    fc.constantFrom(
      '"'.repeat(600),
      '\u0001'.repeat(599),
      '€'.repeat(599),
      '😀'.repeat(400),
      '\\n'.repeat(700),
    ),
  );

  await fc.assert(
    fc.asyncProperty(sentence, async (message) => {
      problem.error = new Error(message);
      const {body} = await deliver(url, letter('1'));
      const {error}: {error: string} = JSON.parse(body.toString());
      const isWhole = error === message.toWellFormed() || error === message;
      if (body.length > 600 || !(isWhole || (error.endsWith('…') && message.startsWith(error.slice(0, -1)))))
        throw new Error(`${body.length} bytes: ${body.toString()}`);
    }),
    {numRuns: 40},
  );
  t.pass();
});

const refusals: Record<string, [string, RequestInit, number]> = {
  'an event of another type is 400': ['/events', binary({'ce-type': letterAnswered.type}), 400],
  'data that breaks the contract is 400': ['/events', binary({}, '{"documentId":"doc-1","words":-1}'), 400],
  'data that is no JSON is 400': ['/events', binary({}, '{'), 400],
  'empty data is 400': ['/events', binary({}, ''), 400],
  'data of another type is 400': ['/events', binary({'content-type': 'text/plain'}), 400],
  'a newer major is 400': ['/events', binary({'ce-dataschema': 'urn:dip:com.dip.letter.written:3.0'}), 400],
  'a major that can not be brought up is 400': [
    '/events',
    binary({'ce-dataschema': 'urn:dip:com.dip.letter.written:0.9'}),
    400,
  ],
  'an older event that its upcaster chokes on is 400': [
    '/events',
    binary({'ce-dataschema': 'urn:dip:com.dip.letter.written:1.0'}, 'null'),
    400,
  ],
  'a schema of another type is 400': ['/events', binary({'ce-dataschema': letterCopied.dataschema}), 400],
  'a body that is no event is 400': ['/events', {method: 'POST', body: 'hello'}, 400],
  'a batch is 400': [
    '/events',
    {method: 'POST', body: '[]', headers: {'content-type': 'application/cloudevents-batch+json'}},
    400,
  ],
  'an event for a path that is not there is 400, not 404': ['/evnets', binary({}), 400],
  'an event for a front door is 405': ['/door/x', binary({}), 405],
  'an event that a web page sends is 403': ['/events', binary({origin: 'https://example.com'}), 403],
  'what a web page asks of a front door is 403': ['/door/x', {headers: {origin: 'https://example.com'}}, 403],
  'an event that is too large is 413': ['/events', binary({}, 'x'.repeat(largestEventBytes + 1)), 413],
  'a path that is not there is 404 to people': ['/nowhere', {}, 404],
  'asking for events is 405': ['/events', {}, 405],
  'a status that a door throws is that status': ['/door/taken', {}, 409],
};
for (const [what, [path, request, status]] of Object.entries(refusals)) {
  test(what, async (t) => {
    const {ask} = await serving(t, throwing({error: new Error('The handler ran.')}));

    const answer = await ask(path, request);

    t.is(answer.status, status, answer.body.toString());
    t.true(answer.body.length < 700);
    if (status === 405) t.truthy(answer.headers.get('allow'));
  });
}

test('an event at the root is an event', async (t) => {
  const {url} = await serving(t, throwing({error: new Reject('No.')}));

  t.is((await deliver(url, letter('1'), '/')).status, 400);
});

test('a bug is logged with its stack, and people read its sentence', async (t) => {
  const {ask, lines} = await serving(t, throwing({error: new TypeError('Oops.')}));

  const answer = await ask('/door/throw');

  t.is(answer.status, 500);
  t.true(lines.some((line) => line.includes('"level":"error"') && line.includes('errors.test.ts')));
});

function binary(headers: Record<string, string>, body = '{"documentId":"doc-1","words":3}'): RequestInit {
  const own = {
    'content-type': 'application/json',
    'ce-specversion': '1.0',
    'ce-id': '1',
    'ce-source': '/tests',
    'ce-type': letterWritten.type,
  };
  return {method: 'POST', headers: {...own, ...headers}, body};
}
