import {rm} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import test from 'ava';
import {
  Answer,
  Cause,
  Content,
  documentReceived,
  documentRejected,
  Envelope,
  Explanation,
  routingDecided,
} from '#events';
import {sha256Of} from '#kit';
import {contracts} from '../../services/cli/events/catalogue.ts';
import {exampleLetter, exampleWords} from '../../services/cli/events/example-words.ts';
import {faultsOf} from '../../services/kit/contract.ts';
import {startDip as startDipDev, temporaryFolder} from '../dip-process.ts';
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

test('the example of every type of the catalogue is taken by all who hear it, and none ends as a dead letter', async (t) => {
  const folder = await temporaryFolder();
  t.teardown(() => rm(folder, {recursive: true, force: true}));
  const running = await startDipDev(join(folder, 'data'));
  t.teardown(() => running.stop());
  const where = ['--server', running.url, '--data-dir', running.dataDirectory];

  for (const {type} of contracts) {
    const {code} = await dip(['event', 'send', type, ...where]);
    t.is(code, 0, type);
  }
  const built = await dip(['event', 'build', 'routing.decided']);
  const piped = await dip(['event', 'send', '-f', '-', ...where], {input: built.stdout});

  t.is(piped.code, 0);
  const isAnswered = async () =>
    (await json(`${running.url}/api/archive/documents/${documentReceived.example.documentId}`))['status'] ===
    'answered';
  while (!(await isAnswered())) await pause(100);
  const {letters} = await json(`${running.url}/api/dead-letter/letters`);
  t.deepEqual(letters, []);
});

test('words of an example that can not be put where they are looked for are said, and the event is sent', async (t) => {
  const {url, arrived} = await standIn(t, accepted);
  const data = ['--data-dir', '/nowhere'];

  const named = await dip(['event', 'send', 'routing.decided', '--server', url, ...data]);
  const other = JSON.stringify({
    ...routingDecided.example,
    content: 'documents/doc-00000000000000000009/ingested-1/content.json',
  });
  const others = await dip(['event', 'send', 'routing.decided', '-d', other, '--server', url, ...data]);

  t.deepEqual([named.code, others.code, arrived.length], [0, 0, 2]);
  t.regex(
    named.stderr,
    /^Warning: the data names documents\/\S+\/content\.json, which this dip can not put there: /,
  );
  t.is(others.stderr, '');
});

test('the words of an example are of the shape that its readers expect, and all of them are there', (t) => {
  const shapes = [Envelope, Content, Explanation, Answer, Cause];
  const named = contracts.flatMap(({example}) =>
    Object.values(Object(example)).filter((value) => /^(documents|letters)\//.test(String(value))),
  );

  t.deepEqual([...exampleWords.keys()].sort(), [...new Set(named.map(String))].sort());
  for (const [name, words] of exampleWords) {
    const fits = typeof words === 'string' || shapes.some((shape) => faultsOf(shape)(words).length === 0);
    t.true(fits, String(name));
  }
  const {size, sha256} = documentReceived.example;
  t.deepEqual([size, sha256], [Buffer.byteLength(exampleLetter), sha256Of(Buffer.from(exampleLetter))]);
});

test('a type that nobody asks for is sent, and said where the broker knows', async (t) => {
  const answers = [
    {status: 202, headers: {'preference-applied': 'hearers', hearers: ''}},
    {status: 202, headers: {'preference-applied': 'hearers', hearers: 'dip/x-to-y'}},
    {status: 202},
  ];
  const {url, arrived} = await standIn(t, (_request, nth) => answers[nth - 1] ?? {status: 500});
  const send = () => dip(['event', 'send', 'com.example.happened', '-d', '{}', '--server', url]);

  const [unheard, heard, unknown] = [await send(), await send(), await send()];

  t.is(
    unheard.stderr,
    'Warning: nobody asks for com.example.happened: no Trigger of dip/default names that type, so only those that hear everything get it. Who hears what: dip trigger list\n',
  );
  t.deepEqual([heard.stderr, unknown.stderr], ['', '']);
  t.deepEqual([unheard.code, heard.code, unknown.code], [0, 0, 0]);
  t.is(arrived[0]?.headers['prefer'], 'hearers');
});

async function json(url: string): Promise<Record<string, unknown>> {
  const body: unknown = await (await fetch(url)).json();
  return Object(body);
}
