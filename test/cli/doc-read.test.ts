import test from 'ava';
import {documentShown} from '#events';
import {about, answeredFacts, runArchive, way, words} from './archive.ts';
import {answered, letterId} from './documents.ts';
import {dip, startDip} from './process.ts';
import {standIn} from './stand-in.ts';

const otherId = 'doc-00000000000000000002';

/** A page that no archive of ours makes: endless, hostile or large. */
const page = (documents: readonly unknown[], next: string | null = null) => ({
  status: 200,
  json: {documents, next},
});

test('a list is a table whose text does not change with who reads it', async (t) => {
  const {url, arrived, hear, keep} = await runArchive(t);
  await keep(words);
  await hear(...about(otherId, [way.received, way.rejected]), ...answeredFacts);

  const {code, stdout, stderr} = await dip(['docs', 'ls', '--server', url]);

  t.deepEqual([code, stderr], [0, '']);
  t.is(arrived[0]?.line, 'GET /api/archive/documents?limit=50');
  t.is(
    stdout,
    [
      'DOCUMENT                  STATUS    CATEGORY  CONFIDENCE  QUEUE    RECEIVED              FILE',
      `${letterId}  answered  mortgage  0.91        lending  2026-01-15T09:00:00Z  letter.pdf`,
      `${otherId}  rejected  -         -           -        2026-01-15T09:00:00Z  -`,
      '',
    ].join('\n'),
  );
});

test('every format prints the same documents', async (t) => {
  const {url, hear, keep} = await runArchive(t);
  await keep(words);
  await hear(...about(otherId, answeredFacts), way.received, way.ingested, way.givenUp);
  const list = async (format: string, env = {}) =>
    (await dip(['doc', 'list', '--server', url, ...(format === '' ? [] : ['-o', format])], {env})).stdout;
  const shown = await (await fetch(`${url}/api/archive/documents`)).text();
  const {documents}: {documents: unknown[]} = JSON.parse(shown);

  const json = await list('json');
  t.deepEqual(JSON.parse(json), documents);
  t.like(documents, {
    0: {documentId: letterId, status: 'failed'},
    1: {documentId: otherId, status: 'answered'},
  });
  t.is(await list('', {DIP_OUTPUT: 'json'}), json);
  const lines = (await list('jsonl')).trimEnd().split('\n');
  t.deepEqual(
    lines.map((line): unknown => JSON.parse(line)),
    documents,
  );
  t.is(await list('name'), `${letterId}\n${otherId}\n`);
  t.true((await list('yaml')).startsWith(`- documentId: ${letterId}\n  status: failed\n`));
  t.regex(await list('wide'), /PRIORITY.*NOTE\n.*The model is missing\.\n/);
});

test('a list is read page by page up to the limit, and says when there is more', async (t) => {
  const {url, arrived} = await standIn(t, (_request, nth) => page([answered, answered], `page-${nth + 1}`));

  const {stdout, stderr} = await dip([
    'doc',
    'list',
    '--status',
    'answered',
    '--limit',
    '3',
    '-o',
    'name',
    '--server',
    url,
  ]);

  t.is(stdout.trimEnd().split('\n').length, 3);
  t.deepEqual(
    arrived.map(({line}) => line.replace(/^.*\?/, '')),
    ['limit=3&status=answered', 'limit=1&status=answered&cursor=page-2'],
  );
  const more = `dip doc list --status answered --output name --limit 30 --server ${url}`;
  t.is(stderr, `3 of more than 3. For more: ${more}\n`);
});

test('a list that does not show everything says how many there are, and one that does says nothing', async (t) => {
  const {json} = page([answered, answered], 'page-2');
  const {url} = await standIn(t, ({line}) => ({
    status: 200,
    json: line.includes('limit=2') ? {...json, total: 431} : {documents: [answered], next: null, total: 1},
  }));

  const some = await dip(['doc', 'list', '--limit', '2', '--server', url]);
  const all = await dip(['doc', 'list', '--server', url]);

  t.is(some.stderr, `2 of 431. For more: dip doc list --limit 20 --server ${url}\n`);
  t.is(all.stderr, '');
});

test('an empty list is its titles, and the next command on stderr', async (t) => {
  const {url} = await runArchive(t);

  const table = await dip(['doc', 'list', '--server', url]);
  const json = await dip(['doc', 'list', '-o', 'json', '--server', url]);

  t.regex(table.stdout, /^DOCUMENT .*FILE\n$/);
  t.is(table.stderr, `No documents. Next: dip doc submit FILE --wait --server ${url}\n`);
  t.is(json.stdout, '[]\n');
});

test('what a document says can not move the cursor of a terminal', async (t) => {
  const filename = 'a\u001b[2Jb\nc\u202ed.pdf';
  const {url} = await standIn(t, () => page([{...answered, filename}]));

  const {stdout} = await dip(['doc', 'list', '--server', url]);

  t.true(stdout.endsWith('  a [2Jb c d.pdf\n'));
});

test('a reader that stops reading is no error', async (t) => {
  const many = Array.from({length: 2000}, () => answered);
  const {url} = await standIn(t, () => {
    running.stopReading();
    return page(many);
  });

  const running = startDip(['doc', 'list', '--limit', '2000', '-o', 'json', '--server', url]);
  const {code, stderr} = await running.ended;

  t.deepEqual([code, stderr], [0, '']);
});

test('a description says how a document stands, what was decided, its answer and its facts', async (t) => {
  const {url, arrived, hear, keep} = await runArchive(t);
  await keep(words);
  await hear(...answeredFacts);

  const {code, stdout} = await dip(['doc', 'show', letterId, '--server', url]);

  t.is(code, 0);
  t.is(arrived[0]?.line, `GET /api/archive/documents/${letterId}`);
  t.is(
    stdout,
    `letter.pdf: answered

Document     doc-00000000000000000001
Title        My mortgage
Sender       Ada Lovelace <ada@example.com>
Type         application/pdf
Size         245 bytes
Pages        2
Language     en
Received     2026-01-15T09:00:00Z
Ended        2026-01-15T09:00:04Z
Category     mortgage (0.91)
Or           consumer_loan (0.05), bank_account (0.02)
Because      escrow +1.50
Model        consumer-finance 1.1.0
Queue        lending
Priority     normal
Due          2026-01-16T09:00:00Z
Handler      human
Rule         lending
Case         7KQ2M-9XF3T

Answer (template, to be read by a person)
  Your mortgage

  Dear Ada,
  thank you.

  Missing: reference

Facts
  2026-01-15T09:00:00.000Z  com.dip.document.received    document
  2026-01-15T09:00:01.000Z  com.dip.document.ingested    document
  2026-01-15T09:00:02.000Z  com.dip.document.classified  document
  2026-01-15T09:00:03.000Z  com.dip.routing.decided      routing
  2026-01-15T09:00:04.000Z  com.dip.response.generated   response
`,
  );
});

test('a description of a failure says which event could not be delivered, and why', async (t) => {
  const {url, hear, keep} = await runArchive(t);
  await keep(words);
  await hear(way.received, way.ingested, way.givenUp);

  const {stdout} = await dip(['doc', 'describe', letterId, '--server', url]);

  t.regex(stdout, /^letter\.pdf: failed\n/);
  t.regex(stdout, /^Dead letter\n {2}Event +com\.dip\.document\.ingested\n/m);
  t.regex(stdout, /^ {2}Trigger +ingested-to-classification\n/m);
  t.regex(stdout, /^ {2}Message +The model is missing\.\n/m);
});

test('a description in json is the document, with what this dip knows nothing of', async (t) => {
  const newer = {...documentShown.example, somethingNew: {kept: true}};
  const {url} = await standIn(t, () => ({status: 200, json: newer}));

  const {stdout} = await dip(['doc', 'describe', letterId, '-o', 'json', '--server', url]);

  t.deepEqual(JSON.parse(stdout), newer);
});

test('a document that is not shown as this dip knows it is said to be of another version', async (t) => {
  const {category: _renamed, ...other} = documentShown.example;
  const {url} = await standIn(t, () => ({status: 200, json: {...other, kind: 'mortgage'}}));

  const {code, stdout, stderr} = await dip(['doc', 'describe', letterId, '--server', url]);

  t.deepEqual([code, stdout], [1, '']);
  t.regex(
    stderr,
    /^Expected document from http:\S+ as this dip knows it, got another: .*category.*another version\?\n$/,
  );
});

test('a document that does not exist is exit code 3', async (t) => {
  const {url} = await runArchive(t);

  const {code, stdout, stderr} = await dip(['doc', 'describe', 'doc-unknown', '--server', url]);

  t.deepEqual([code, stdout], [3, '']);
  t.is(stderr, `There is no document doc-unknown at ${url}. Next: dip doc list --server ${url}\n`);
});

test('a server that is no DIP is said to be none', async (t) => {
  const {url} = await standIn(t, () => ({status: 200, json: 'hello'}));

  const {code, stderr} = await dip(['doc', 'list', '--server', url]);

  t.is(code, 1);
  t.regex(stderr, /^Expected a JSON object from http:.* is that a DIP\?\n$/);
});

const reason = 'Service routing did not start: it ended with code 1: rules.yaml:87: no key';
const holding = ({line}: {line: string}, documentId: string) =>
  line === `GET /?subject=${documentId}`
    ? {
        status: 200,
        json: {
          held: [
            {trigger: 'dip/a', events: 1, reason},
            {trigger: 'dip/b', events: 2, reason},
          ],
        },
      }
    : {status: 404};

test('a document that waits says for what, and one that has ended asks nobody', async (t) => {
  const {url, hear, arrived} = await runArchive(t, (request) => holding(request, letterId));
  await hear(way.received, way.ingested, way.classified);
  const describe = () => dip(['doc', 'describe', letterId, '--server', url]);

  const {code, stderr} = await describe();

  t.is(code, 0);
  t.is(stderr, `It waits, and goes on by itself once this is mended: ${reason}\n`);
  await hear(way.decided, way.generated);
  const asked = arrived.length;
  t.is((await describe()).stderr, '');
  t.is(arrived.length, asked + 1);
});

test('a document that the archive could not hear of yet says why', async (t) => {
  const {url} = await runArchive(t, (request) => holding(request, otherId));

  const {code, stderr} = await dip(['doc', 'describe', otherId, '--server', url]);

  t.is(code, 3);
  t.is(stderr, `The archive has not heard of ${otherId} yet: ${reason}\n`);
});
