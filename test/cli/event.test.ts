import test from 'ava';
import {documentReceived, documentRejected} from '#events';
import {files} from './documents.ts';
import {dip} from './process.ts';
import {type Arrived, standIn} from './stand-in.ts';

const accepted = () => ({status: 202});

function eventIn(request: Arrived | undefined): unknown {
  return JSON.parse(String(request?.body));
}

test('a built event is the example of its contract, new and about its document', async (t) => {
  const first = await dip(['event', 'build', 'com.dip.document.received']);
  const second = await dip(['events', 'build', 'document-received', '-o', 'json']);

  t.is(first.code, 0);
  const [event, again] = [first, second].map(({stdout}): unknown => JSON.parse(stdout));
  const {documentId} = documentReceived.example;
  t.like(event, {
    specversion: '1.0',
    source: '/cli',
    type: 'com.dip.document.received',
    subject: documentId,
    partitionkey: documentId,
    dataschema: documentReceived.dataschema,
    datacontenttype: 'application/json',
    data: documentReceived.example,
  });
  t.regex(first.stdout, /"time": "\d{4}-\d\d-\d\dT[\d:.]+Z"/);
  t.like(again, {type: 'com.dip.document.received'});
  t.notDeepEqual(event, again);
});

test('an event can be built as YAML, as a request and as a command line', async (t) => {
  const build = async (format: string) =>
    (await dip(['event', 'build', 'document.rejected', '--id', "it's", '-o', format])).stdout;

  t.regex(await build('yaml'), /^type: com\.dip\.document\.rejected$/m);
  t.regex(
    await build('http'),
    /^POST http:\/\/127\.0\.0\.1:8080\/dip\/default\nContent-Type: application\/cloudevents\+json\n\n\{\n/,
  );
  t.regex(await build('curl'), /^curl -i 'http.*-d '\{.*"id":"it'\\''s".*\}'\n$/s);
});

test('without a type, or with an unknown one, the types are listed', async (t) => {
  const without = await dip(['event', 'build']);
  const unknown = await dip(['event', 'build', 'com.dip.document.recieved']);

  t.deepEqual([without.code, unknown.code], [2, 2]);
  for (const {stdout, stderr} of [without, unknown]) {
    t.is(stdout, '');
    for (const {type, description} of [documentReceived, documentRejected]) {
      t.true(stderr.includes(type));
      t.true(stderr.includes(description));
    }
  }
  t.true(
    unknown.stderr.startsWith(
      'No contract has the type `com.dip.document.recieved`; did you mean `com.dip.document.received`?',
    ),
  );
});

test('an event is posted to its broker, and its id is printed', async (t) => {
  const {url, arrived} = await standIn(t, accepted);

  const {code, stdout, stderr} = await dip(['event', 'send', 'document.rejected', '--server', url]);

  t.deepEqual([code, stderr], [0, '']);
  t.is(arrived[0]?.line, 'POST /dip/default');
  t.is(arrived[0]?.headers['content-type'], 'application/cloudevents+json');
  t.like(eventIn(arrived[0]), {id: stdout.trim(), data: documentRejected.example});
});

test('options say what is in an event and where it goes', async (t) => {
  const {url, arrived} = await standIn(t, accepted);
  const words = ['--type', 'org.example.thing', '--source', '/me', '--subject', 's', '--id', 'one'];
  const more = ['--data', '{"a":1}', '-e', 'replayid=r1', '--broker', 'other/events', '-o', 'json'];

  const {code, stdout} = await dip(['event', 'send', ...words, ...more, '--server', url]);

  t.is(code, 0);
  t.is(arrived[0]?.line, 'POST /other/events');
  const event = eventIn(arrived[0]);
  t.deepEqual(JSON.parse(stdout), event);
  t.like(event, {
    id: 'one',
    source: '/me',
    type: 'org.example.thing',
    subject: 's',
    replayid: 'r1',
    data: {a: 1},
  });
});

test('an event from a file or stdin stays as it is, but for what options say', async (t) => {
  const {url, arrived} = await standIn(t, accepted);
  const given = {specversion: '1.0', id: 'mine', source: '/x', type: 'org.example.thing', data: {a: 1}};
  const [file = ''] = await files(t, {'event.json': JSON.stringify(given)});
  const input = JSON.stringify({type: 'org.example.thing', data_base64: 'AAE='});

  const fromFile = await dip(['event', 'send', '-f', file, '--subject', 's', '--server', url]);
  const fromStdin = await dip(['event', 'send', '-f', '-', '--server', url], {input});

  t.deepEqual([fromFile.code, fromFile.stdout, fromStdin.code], [0, 'mine\n', 0]);
  t.deepEqual(eventIn(arrived[0]), {...given, subject: 's'});
  t.like(eventIn(arrived[1]), {
    id: fromStdin.stdout.trim(),
    source: '/cli',
    specversion: '1.0',
    data_base64: 'AAE=',
  });
});

test('data that does not fit its contract is said and sent', async (t) => {
  const {url, arrived} = await standIn(t, accepted);
  const data = JSON.stringify({...documentRejected.example, reason: 'boring'});

  const {code, stderr} = await dip(['event', 'send', 'document.rejected', '-d', data, '--server', url]);

  t.is(code, 0);
  t.regex(stderr, /^Note: this does not fit com\.dip\.document\.rejected: data\.reason /);
  t.is(arrived.length, 1);
});

test('an event is sent again with the same id when the connection breaks', async (t) => {
  const {url, arrived} = await standIn(t, (_request, nth) => (nth === 1 ? 'reset' : {status: 202}));

  const {code} = await dip(['event', 'send', 'document.rejected', '--server', url]);

  t.is(code, 0);
  t.is(arrived.length, 2);
  t.deepEqual(eventIn(arrived[0]), eventIn(arrived[1]));
});

test('a refusal is shown in the words of the server', async (t) => {
  const error = 'Expected `source`, got none.';
  const {url} = await standIn(t, () => ({status: 400, json: {error}}));

  const {code, stdout, stderr} = await dip(['event', 'send', 'document.rejected', '--server', url]);

  t.deepEqual([code, stdout, stderr], [1, '', `DIP refused this (400): ${error}\n`]);
});

const mistakes: [string, string[], number, RegExp][] = [
  ['a type given twice', ['a.b', '--type', 'c.d'], 2, /^The type is given twice, as `a\.b` and as `c\.d`\.$/],
  ['data given twice', ['a.b', '-d', '1', '--data-file', 'x'], 2, /^The data is given twice/],
  ['data that is no JSON', ['a.b', '-d', '{a'], 1, /^Expected JSON from `--data`, got `\{a`\.$/],
  [
    'an extension with a capital',
    ['a.b', '-d', '1', '-e', 'replayId=1'],
    2,
    /^An extension is called by 1 to 20/,
  ],
  ['an attribute as an extension', ['a.b', '-d', '1', '-e', 'id=1'], 2, /^`id` is no extension/],
  ['a broker with a path', ['a.b', '-d', '1', '--broker', 'a/b/c'], 2, /^`--broker` is <namespace>\/<name>/],
  [
    'a file that is not there',
    ['-f', '/nowhere/event.json'],
    1,
    /^\/nowhere\/event\.json can not be read: ENOENT/,
  ],
];

for (const [what, words, exitCode, sentence] of mistakes) {
  test(`${what} is said in a sentence, and nothing is sent`, async (t) => {
    const {url, arrived} = await standIn(t, accepted);

    const {code, stderr} = await dip(['event', 'send', ...words, '--server', url]);

    t.is(code, exitCode);
    t.regex(stderr.trimEnd(), sentence);
    t.is(arrived.length, 0);
  });
}
