import {dirname, join} from 'node:path';
import test from 'ava';
import {answered, failed, files, inWork, letterId, received, rejected} from './documents.ts';
import {dip} from './process.ts';
import {type Answer, type Arrived, deserted, formOf, standIn} from './stand-in.ts';

const isUpload = ({line}: Arrived) => line === 'POST /api/ingestion/documents';

test('a file is uploaded with its name, its guessed type, its metadata and a key', async (t) => {
  const {url, arrived} = await standIn(t, () => received());
  const [letter = ''] = await files(t, {'letter.pdf': '%PDF'});

  const {code, stdout, stderr} = await dip(
    ['doc', 'submit', letter, '--metadata', 'channel=post', '-m', 'note=a=b', '--server', url],
    {env: {DIP_TOKEN: 'secret'}},
  );

  t.is(code, 0);
  t.regex(stdout, /^FILE +STATUS +DOCUMENT +NOTE\n\S+letter\.pdf +received +doc-0+1 +-\n$/);
  t.is(stderr, `Next: dip doc describe ${letterId} --server ${url}\n`);
  const [upload] = arrived;
  t.is(arrived.length, 1);
  if (!upload) return;
  t.true(isUpload(upload));
  t.is(upload.headers['authorization'], 'Bearer secret');
  t.regex(String(upload.headers['idempotency-key']), /^content-[0-9a-f]{64}$/);
  const form = await formOf(upload);
  t.deepEqual([form.get('channel'), form.get('note')], ['post', 'a=b']);
  const file = form.get('file');
  t.true(file instanceof File);
  if (!(file instanceof File)) return;
  t.deepEqual([file.name, file.type, await file.text()], ['letter.pdf', 'application/pdf', '%PDF']);
});

test('one file prints one object, several print an array, and jsonl always one line a file', async (t) => {
  const {url} = await standIn(t, (request) =>
    request.body.includes('b.txt') ? received('doc-00000000000000000002') : received(),
  );
  const [a = '', b = ''] = await files(t, {'a.txt': 'a', 'b.txt': 'b'});
  const submit = async (...words: string[]) =>
    (await dip(['doc', 'submit', '--server', url, ...words])).stdout;
  const one = {file: a, ...received().json, repeat: false};
  const other = {file: b, ...received('doc-00000000000000000002').json, repeat: false};

  t.deepEqual(JSON.parse(await submit(a, '-o', 'json')), one);
  t.deepEqual(JSON.parse(await submit(a, b, '-o', 'json')), [one, other]);
  t.is(await submit(a, '-o', 'jsonl'), `${JSON.stringify(one)}\n`);
  t.is(await submit(a, b, '-o', 'jsonl'), `${JSON.stringify(one)}\n${JSON.stringify(other)}\n`);
  t.is(await submit(a, '-o', 'name'), `${letterId}\n`);
  t.true((await submit(a, '-o', 'yaml')).startsWith(`file: ${a}\ndocumentId: ${letterId}\n`));
});

test('several files and nothing that answers are one sentence', async (t) => {
  const letters = await files(t, Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, name])));

  const {code, stdout, stderr} = await dip(['doc', 'submit', ...letters, '--server', await deserted()]);

  t.deepEqual([code, stdout], [1, '']);
  t.regex(
    stderr,
    /^Nothing answers at \S+ Start DIP with `npm start -- --port \d+`, or name another with --server\.\n$/,
  );
});

test('a key of ours is sent as it is', async (t) => {
  const {url, arrived} = await standIn(t, () => received());
  const [letter = ''] = await files(t, {'letter.txt': 'x'});

  t.is((await dip(['doc', 'submit', letter, '--key', 'order-66', '--server', url])).code, 0);
  t.is(arrived[0]?.headers['idempotency-key'], 'order-66');
});

test('each file has a key of its own, and four are on their way at once, no fifth', async (t) => {
  let open = 0;
  let most = 0;
  const {promise: fourAreOpen, resolve} = Promise.withResolvers<void>();
  const {url, arrived} = await standIn(t, async (request) => {
    if (!isUpload(request)) return {status: 204};
    most = Math.max(most, ++open);
    if (open === 4) resolve();
    await fourAreOpen;
    // Time enough for a fifth to come, if there were one.
    for (let round = 0; round < 20; round++) await fetch(url);
    open--;
    return received();
  });
  const names = Array.from({length: 9}, (_, index) => [`${index}.txt`, `${index}`] as const);
  const paths = await files(t, Object.fromEntries(names));

  const {code} = await dip(['doc', 'submit', ...paths, '--server', url]);

  t.is(code, 0);
  t.is(most, 4);
  t.is(new Set(arrived.filter(isUpload).map(({headers}) => headers['idempotency-key'])).size, 9);
});

test('waiting asks the archive to hold its answer back until the document has ended', async (t) => {
  const {url, arrived} = await standIn(t, (request, nth) => {
    if (isUpload(request)) return received();
    if (nth === 2) return {status: 404, json: {error: 'Not yet.'}};
    if (nth === 3) return 'reset';
    return {status: 200, json: nth === 4 ? inWork : answered};
  });
  const [letter = ''] = await files(t, {'letter.pdf': '%PDF'});

  const {code, stdout} = await dip(['doc', 'submit', letter, '--wait', '-o', 'json', '--server', url]);

  t.is(code, 0);
  t.deepEqual(JSON.parse(stdout), {file: letter, ...answered, repeat: false});
  t.deepEqual(
    arrived.slice(1).map(({line, headers}) => [line, headers['prefer']]),
    Array.from({length: 4}, () => [`GET /api/archive/documents/${letterId}`, 'wait=10']),
  );
});

test('the table of a wait says what was decided', async (t) => {
  const {url} = await standIn(t, (request) =>
    isUpload(request) ? received() : {status: 200, json: answered},
  );
  const [letter = ''] = await files(t, {'letter.pdf': '%PDF'});

  const {stdout} = await dip(['doc', 'submit', letter, '--wait', '--server', url]);

  const [titles = '', row = ''] = stdout.split('\n');
  const columns = ['FILE', 'STATUS', 'CATEGORY', 'CONFIDENCE', 'QUEUE', 'DOCUMENT', 'NOTE'];
  t.deepEqual(titles.split(/ +/), columns);
  t.deepEqual(row.split(/ {2,}/), [
    letter,
    'answered',
    'mortgage',
    '0.91',
    'lending',
    letterId,
    'Your mortgage',
  ]);
});

test('rejected and failed documents say why, and the exit code is 5', async (t) => {
  const documents: Record<string, unknown> = {rejected, failed, answered};
  const {url} = await standIn(t, async (request) => {
    if (!isUpload(request)) return {status: 200, json: documents[request.line.replace(/.*\/doc-0+-/, '')]};
    const file = (await formOf(request)).get('file');
    return received(idOf(file instanceof File ? await file.text() : ''));
  });
  const paths = await files(t, {'a.pdf': 'rejected', 'b.pdf': 'failed', 'c.pdf': 'answered'});

  const {code, stdout} = await dip(['doc', 'submit', ...paths, '--wait', '-o', 'json', '--server', url]);

  t.is(code, 5);
  const outcomes: unknown = JSON.parse(stdout);
  t.like(outcomes, {
    0: {file: paths[0], status: 'rejected', reason: 'encrypted', category: null, response: null},
    1: {file: paths[1], status: 'failed', deadLetter: failed.deadLetter},
    2: {file: paths[2], status: 'answered', category: 'mortgage'},
  });
});

test('a file that can not be sent counts as failed, and the others go on', async (t) => {
  const {url} = await standIn(t, async (request) => {
    if (!isUpload(request)) return {status: 200, json: answered};
    const file = (await formOf(request)).get('file');
    const tooLarge = {status: 413, json: {error: 'Expected at most 25 MiB, got 30 MiB.'}};
    return file instanceof File && file.name === 'large.pdf' ? tooLarge : received();
  });
  const [large = '', letter = ''] = await files(t, {'large.pdf': 'x', 'letter.pdf': 'y'});
  const missing = join(dirname(letter), 'missing.pdf');

  const {code, stdout} = await dip([
    'doc',
    'submit',
    missing,
    '/dev/null',
    large,
    letter,
    '--wait',
    '-o',
    'json',
    '--server',
    url,
  ]);

  t.is(code, 5);
  const outcomes: unknown = JSON.parse(stdout);
  t.like(outcomes, {
    0: {
      file: missing,
      documentId: null,
      status: 'failed',
      error: `There is no file ${missing}.`,
      category: null,
    },
    1: {
      file: '/dev/null',
      status: 'failed',
      error: `/dev/null is not a file that can be read twice; save it first.`,
    },
    2: {file: large, status: 'failed'},
    3: {file: letter, status: 'answered'},
  });
  t.true(stdout.includes('This is larger than DIP takes (413): Expected at most 25 MiB, got 30 MiB.'));
});

/** A document's id that ends in a word. */
function idOf(word: string): string {
  return `doc-${'0'.repeat(20)}-${word}`;
}

test('documents that have not ended when the time is up are shown as they stand, with exit code 1', async (t) => {
  const {url} = await standIn(t, (request) => (isUpload(request) ? received() : {status: 200, json: inWork}));
  const [letter = ''] = await files(t, {'letter.txt': 'x'});

  const {code, stdout} = await dip([
    'doc',
    'submit',
    letter,
    '--wait',
    '--timeout',
    '6s',
    '-o',
    'json',
    '--server',
    url,
  ]);

  t.is(code, 1);
  t.deepEqual(JSON.parse(stdout), {
    file: letter,
    ...inWork,
    repeat: false,
    error: 'The time was up before it ended.',
  });
});

test('a document that waits when the time is up says for what', async (t) => {
  const held = [{trigger: 'dip/to-routing', events: 1, reason: 'Service routing did not start: no rules'}];
  const {url} = await standIn(t, (request) => {
    if (isUpload(request)) return received();
    return {status: 200, json: request.line.startsWith('GET /?subject=') ? {held} : inWork};
  });
  const [letter = ''] = await files(t, {'letter.txt': 'x'});

  const {stdout} = await dip([
    'doc',
    'submit',
    letter,
    '--wait',
    '--timeout',
    '5s',
    '-o',
    'json',
    '--server',
    url,
  ]);

  t.like(JSON.parse(stdout), {
    error: 'The time was up before it ended: Service routing did not start: no rules',
  });
});

test('an archive that never answers does not outlast the timeout', async (t) => {
  const {promise: never} = Promise.withResolvers<Answer>();
  const {url} = await standIn(t, (request) => (isUpload(request) ? received() : never));
  const [letter = ''] = await files(t, {'letter.txt': 'x'});

  const {code, stdout} = await dip(['doc', 'submit', letter, '--wait', '--timeout', '6s', '--server', url]);

  t.is(code, 1);
  t.regex(stdout, /received .* The time was up before it ended\.\n$/);
});
