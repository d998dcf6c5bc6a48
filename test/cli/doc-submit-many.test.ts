/** `dip doc submit` of folders, of stdin, of the same again, and what is left when it is stopped. */
import {chmod, mkdir, rm, symlink, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import test from 'ava';
import {startDip as startDipDev, temporaryFolder} from '../dip-process.ts';
import {files, letterId, received} from './documents.ts';
import {dip, type Running, startDip} from './process.ts';
import {type Answer, type Arrived, standIn} from './stand-in.ts';

const isUpload = ({line}: Arrived) => line === 'POST /api/ingestion/documents';

test('a folder stands for its files and those of its folders; what is hidden or a link to a folder is left out and said', async (t) => {
  const {url, arrived} = await standIn(t, (_request, nth) => received(idOf(nth)));
  const [b = ''] = await files(t, {'b.txt': 'b', 'a.txt': 'a', '.hidden': 'x'});
  const inbox = dirname(b);
  await mkdir(join(inbox, 'more'));
  await writeFile(join(inbox, 'more/c.txt'), 'c');
  await symlink(inbox, join(inbox, 'round'));

  const {code, stdout, stderr} = await dip(['doc', 'submit', inbox, '-o', 'jsonl', '--server', url]);

  t.is(code, 0);
  const sent = stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line).file);
  t.deepEqual(sent, [join(inbox, 'a.txt'), b, join(inbox, 'more/c.txt')]);
  t.is(arrived.length, 3);
  t.is(
    stderr,
    `Left out: 1 hidden file or folder, ${join(inbox, '.hidden')}, 1 link to a folder, ${join(inbox, 'round')}.
Next: dip doc list --server ${url}
`,
  );
});

test('a folder that is empty or can not be read, and a file that can not be, are named; the rest goes on with exit code 5', async (t) => {
  const {url, arrived} = await standIn(t, () => received());
  const [letter = ''] = await files(t, {'letter.txt': 'Dear bank'});
  const empty = join(dirname(letter), 'empty');
  await mkdir(empty);
  await symlink('nowhere', join(dirname(letter), 'broken.txt'));

  const {code, stdout, stderr} = await dip([
    'doc',
    'submit',
    dirname(letter),
    empty,
    '-o',
    'json',
    '--server',
    url,
  ]);

  t.is(code, 5);
  t.like(JSON.parse(stdout), {
    0: {documentId: null, error: `There is no file ${join(dirname(letter), 'broken.txt')}.`},
    1: {file: letter, documentId: letterId},
    2: {documentId: null, error: `The folder ${empty} holds no file to send.`},
  });
  t.true(
    stderr.startsWith('2 of 3 were not taken. The same command sends them again and makes no doubles.\n'),
  );
  t.is(arrived.length, 1);
});

test('a folder that one may not read is named', async (t) => {
  if (process.getuid?.() === 0) {
    t.pass('Root may read all.');
    return;
  }
  const {url} = await standIn(t, () => received());
  const [letter = ''] = await files(t, {'letter.txt': 'Dear bank'});
  const closed = join(dirname(letter), 'closed');
  await mkdir(closed, {mode: 0o000});
  t.teardown(() => chmod(closed, 0o700));

  const {code, stdout} = await dip(['doc', 'submit', dirname(letter), '-o', 'json', '--server', url]);

  t.is(code, 5);
  t.like(JSON.parse(stdout), {
    0: {error: `${closed} can not be read: you may not (EACCES).`},
    1: {file: letter},
  });
});

test('stdin is sent under the name and type it is given', async (t) => {
  const {url, arrived} = await standIn(t, () => received());
  const line = ['doc', 'submit', '-', '-o', 'json', '--server', url];

  const named = await dip([...line, '--name', 'page.pdf'], {input: '%PDF'});
  const typed = await dip([...line, '--type', 'text/markdown'], {input: '# Dear bank'});

  t.deepEqual([named.code, typed.code], [0, 0]);
  t.like(JSON.parse(named.stdout), {file: '-', documentId: letterId});
  const [page, note] = arrived.map(({body}) => body.toString());
  t.true(page?.includes('name="file"; filename="page.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n'));
  t.true(
    note?.includes('name="file"; filename="stdin"\r\nContent-Type: text/markdown\r\n\r\n# Dear bank\r\n'),
  );
});

test('a key is made of name, bytes, metadata, the word of --again and the token, and of nothing else', async (t) => {
  const {url, arrived} = await standIn(t, () => received());
  const [letter = '', renamed = ''] = await files(t, {'a.txt': 'a', 'b.txt': 'a'});
  const moved = join(dirname(letter), 'moved');
  await mkdir(moved);
  await writeFile(join(moved, 'a.txt'), 'a');
  const keyOf = async (words: string[], env = {}) => {
    const {code} = await dip(['doc', 'submit', ...words, '--server', url], {env});
    t.is(code, 0);
    return arrived.at(-1)?.headers['idempotency-key'];
  };

  const key = await keyOf([letter]);
  const likes = [await keyOf([letter, '--timeout', '60s']), await keyOf([join(moved, 'a.txt')])];
  const others = [
    await keyOf([renamed]),
    await keyOf([letter, '-m', 'channel=post']),
    await keyOf([letter, '--again', '2027-03']),
    await keyOf([letter, '--again', '2027-04']),
    await keyOf([letter], {DIP_TOKEN: 'secret'}),
  ];
  await writeFile(letter, 'b');
  others.push(await keyOf([letter]));

  t.deepEqual(likes, [key, key]);
  t.is(new Set([key, ...others]).size, 7);
});

test('what was sent before says so and since when, and how to send it as new', async (t) => {
  const {url} = await standIn(t, (request) =>
    request.body.includes('old.txt') ? received(letterId, true) : received(idOf(2)),
  );
  const [old = '', fresh = ''] = await files(t, {'old.txt': 'a', 'new.txt': 'b'});

  const one = await dip(['doc', 'submit', old, '--server', url]);
  const two = await dip(['doc', 'submit', old, fresh, '--server', url]);

  t.regex(one.stdout, /old\.txt +received +doc-0+1 +sent before, 2026-01-15T09:00:00Z\n$/);
  const again = 'To send it as new, say --again and a word for this time, such as --again 2.\n';
  t.true(one.stderr.startsWith(`This was sent before, and is the document of then. ${again}`));
  t.regex(two.stdout, /new\.txt +received +\S+ +-\n$/);
  t.true(two.stderr.startsWith(`1 of 2 were sent before, and are the documents of then. ${again}`));
});

test('an upload whose first answer was lost was not sent before', async (t) => {
  const answers: Answer[] = ['reset', received(letterId, true)];
  const {url} = await standIn(t, (_request, nth) => answers[nth - 1] ?? received());
  const [letter = ''] = await files(t, {'letter.txt': 'x'});

  const {stdout} = await dip(['doc', 'submit', letter, '-o', 'json', '--server', url]);

  t.like(JSON.parse(stdout), {documentId: letterId, repeat: false});
});

test('two files of one name and the same bytes are one document, and the second says of which', async (t) => {
  const {url} = await standIn(t, (_request, nth) => received(letterId, nth > 1));
  const [letter = ''] = await files(t, {'a.txt': 'a'});
  const copy = join(dirname(letter), 'copy/a.txt');
  await mkdir(dirname(copy));
  await writeFile(copy, 'a');

  const {code, stdout, stderr} = await dip(['doc', 'submit', letter, copy, '-o', 'json', '--server', url]);

  t.is(code, 0);
  t.like(JSON.parse(stdout), {0: {repeat: false, sameAs: undefined}, 1: {repeat: true, sameAs: letter}});
  t.is(
    stderr,
    `1 of 2 is like another in name and bytes: one document.\nNext: dip doc describe ${letterId} --server ${url}\n`,
  );
});

test('Ctrl-C prints what was taken, says what was not, and how to go on', async (t) => {
  const {promise: never} = Promise.withResolvers<Answer>();
  const {promise: fourOpen, resolve} = Promise.withResolvers<void>();
  let open = 0;
  const {url} = await standIn(t, (request) => {
    if (request.body.includes('a.txt')) return received();
    if (++open === 4) resolve();
    return never;
  });
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [`${name}.txt`, name] as const);
  const [first = ''] = await files(t, Object.fromEntries(names));
  const folder = join(dirname(first), "Ada's inbox");
  await mkdir(folder);
  await Promise.all(names.map(([name, text]) => writeFile(join(folder, name), text)));

  const running = startDip(['doc', 'submit', folder, '-o', 'name', '--server', url]);
  await fourOpen;
  running.interrupt();

  const quoted = `'${folder.replaceAll("'", String.raw`'\''`)}'`;
  t.deepEqual(await running.ended, {
    code: 130,
    stdout: `${letterId}\n`,
    stderr: `Stopped: 1 of 7 taken, 4 on the way, which DIP may have taken, 2 not sent. Next: this goes on, and makes no doubles: dip doc submit ${quoted} -o name --server ${url}\n`,
  });
});

test('Ctrl-C while waiting shows the documents as they stand', async (t) => {
  const {promise: asked, resolve: isAsked} = Promise.withResolvers<void>();
  const {promise: never} = Promise.withResolvers<Answer>();
  const {url} = await standIn(t, (request) => {
    if (isUpload(request)) return received();
    isAsked();
    return never;
  });
  const [letter = ''] = await files(t, {'letter.txt': 'x'});

  const running = startDip(['doc', 'submit', letter, '--wait', '-o', 'name', '--server', url]);
  await asked;
  running.interrupt();

  t.deepEqual(await running.ended, {code: 130, stdout: `${letterId}\n`, stderr: 'Stopped: 1 of 1 taken.\n'});
});

test('a folder of 200 files, killed twice and stopped once on the way, is 200 documents', async (t) => {
  const folder = await temporaryFolder();
  t.teardown(() => rm(folder, {recursive: true, force: true}));
  const inbox = join(folder, 'inbox');
  await mkdir(inbox);
  const numbers = Array.from({length: 200}, (_, number) => number);
  await Promise.all(numbers.map((number) => writeFile(join(inbox, `${number}.txt`), `Letter ${number}.`)));
  const dipDev = await startDipDev(join(folder, 'data'));
  t.teardown(() => dipDev.stop());
  let running: Running | undefined;
  let uploads = 0;
  const ends = new Map<number, (process: Running) => void>([
    [30, (process) => process.kill()],
    [90, (process) => process.interrupt()],
    [190, (process) => process.kill()],
  ]);
  // Between the two, it ends the sender when DIP has taken a document and the sender has not heard of it.
  const {url} = await standIn(t, async ({headers, body}) => {
    const sent = {method: 'POST', headers: headersOf(headers), body: new Uint8Array(body)};
    const answer = await fetch(`${dipDev.url}/api/ingestion/documents`, sent);
    const json: unknown = await answer.json();
    if (running !== undefined) ends.get(++uploads)?.(running);
    return {status: answer.status, json};
  });

  const codes: (number | null)[] = [];
  while (codes.length < 4) {
    running = startDip(['doc', 'submit', inbox, '-o', 'name', '--server', url]);
    codes.push((await running.ended).code);
  }

  t.deepEqual(codes, [null, 130, null, 0]);
  const listed = await dip(['doc', 'list', '--limit', '1000', '-o', 'json', '--server', dipDev.url]);
  const names = JSON.parse(listed.stdout).map(({filename}: {filename: string}) => filename);
  t.deepEqual(names.sort(), numbers.map((number) => `${number}.txt`).sort());
});

function headersOf(headers: Arrived['headers']): Record<string, string> {
  const {'idempotency-key': key = '', 'content-type': contentType = ''} = headers;
  return {'idempotency-key': String(key), 'content-type': contentType};
}

function idOf(nth: number): string {
  return `doc-${String(nth).padStart(20, '0')}`;
}
