/** What an S3 server alone can do to a service: go away, refuse, lie. */
import {once} from 'node:events';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {buffer} from 'node:stream/consumers';
import test, {type ExecutionContext} from 'ava';
import {BlobMissing, type Blobs, ConfigError, Defer} from '#kit';
import {openBlobs, readConfig} from '#kit/wire';
import {readBlobsUrl} from '../../../services/kit/blobs/blobs-url.ts';
import {s3Blobs} from '../../../services/kit/blobs/s3.ts';
import {S3, s3Keys} from '../../state/s3.ts';
import {s3} from '../../state/stores.ts';
import {child} from '../child.ts';
import {unreachable} from '../unreachable.ts';

const ref = 'documents/doc-1/event-1/content.json';
const bytes = Buffer.from('{"text":"hello"}');

test('a document of many blobs is erased page by page, below a prefix as well', async (t) => {
  const server = await s3(t);
  if (server === undefined) return;
  const bucket = await server.newBucket();
  const url = server.url(bucket).replace('?', '/ours/here?');
  const blobs = s3Blobs(url, s3Keys, {pageKeys: 3});
  const names = Array.from({length: 10}, (_, number) => `documents/doc-1/event-${number}/content.json`);
  for (const name of [...names, 'documents/doc-2/content.json']) await blobs.write(name, bytes);

  await blobs.erase('documents/doc-1');

  const left = await server.ask('GET', `${bucket}?list-type=2`);
  t.deepEqual(
    [...left.matchAll(/<Key>([^<]*)/g)].map(([, key]) => key),
    ['ours/here/documents/doc-2/content.json', 'ours/here/write-once'],
  );
});

test('a store that goes away puts off with its name, and one that comes back is used again', async (t) => {
  if ((await s3(t)) === undefined) return;
  const server = await S3.start();
  t.teardown(() => server.remove());
  const bucket = await server.newBucket();
  const blobs = s3Blobs(server.url(bucket), s3Keys);
  await blobs.write(ref, bytes);

  await server.crash();
  const [away] = await Promise.all([
    t.throwsAsync(blobs.read(ref), {instanceOf: Defer, message: /is away: .*ECONNREFUSED/}),
    t.throwsAsync(blobs.write(`${ref}.2`, bytes), {instanceOf: Defer}),
  ]);
  await server.start();

  t.true(away?.message.startsWith(`The store at 127.0.0.1:${server.port} with bucket ${bucket}`));
  t.true((await blobs.read(ref)).equals(bytes));
  await blobs.write(`${ref}.2`, bytes);
});

test('a store that is away for a moment is asked again', async (t) => {
  if ((await s3(t)) === undefined) return;
  const server = await S3.start();
  t.teardown(() => server.remove());
  const blobs = s3Blobs(server.url(await server.newBucket()), s3Keys);
  await server.crash();

  const writing = blobs.write(ref, bytes);
  await server.start();
  await writing;

  t.true((await blobs.read(ref)).equals(bytes));
});

test('a store that no connection leads to puts off in time', async (t) => {
  t.timeout(60_000);
  const host = await unreachable(t);
  const url = `s3://test-1?endpoint=http://${host}`;

  await t.throwsAsync(s3Blobs(url, s3Keys, {silenceMs: 100}).read(ref), {
    instanceOf: Defer,
    message: `The store at ${host} with bucket test-1 is away: it said nothing for 0.1 s.`,
  });
});

test('bytes that are not the ones that were written are not read', async (t) => {
  const server = await s3(t);
  if (server === undefined) return;
  const bucket = await server.newBucket();
  const blobs = s3Blobs(server.url(bucket), s3Keys);
  await blobs.write(ref, bytes);
  await server.spoil(bucket, ref);

  await t.throwsAsync(blobs.read(ref), {instanceOf: Defer, message: /not hold the bytes that were written/});
  await t.throwsAsync(blobs.stream(ref).then(buffer), {message: /not hold the bytes that were written/});
});

const refused: Record<string, [(server: S3) => Blobs, RegExp]> = {
  'a bucket that is not there': [
    (server) => s3Blobs(server.url('nowhere'), s3Keys),
    /404 NoSuchBucket for bucket nowhere: .*make it/,
  ],
  'a secret that is wrong': [
    (server) => s3Blobs(server.url('test-1'), {...s3Keys, secretAccessKey: 'sEcr3t/wrong'}),
    /403 SignatureDoesNotMatch .*check AWS_ACCESS_KEY_ID/,
  ],
};
for (const [what, [open, sentence]] of Object.entries(refused)) {
  test(`${what} is a sentence that says what to do, and no secret`, async (t) => {
    const server = await s3(t);
    if (server === undefined) return;

    for (const attempt of [(blobs: Blobs) => blobs.write(ref, bytes), (blobs: Blobs) => blobs.read(ref)]) {
      const error = await t.throwsAsync(attempt(open(server)), {instanceOf: Defer, message: sentence});
      t.false(error?.message.includes('sEcr3t'));
      t.true(error?.message.includes(`127.0.0.1:${server.port}`));
    }
  });
}

const answers: Record<string, [number, string, RegExp]> = {
  'no right': [403, 'AccessDenied', /needs s3:GetObject/],
  'a clock that is wrong': [403, 'RequestTimeTooSkewed', /clock/],
  'another region': [301, 'PermanentRedirect', /set region in BLOBS_URL/],
  'a key that nobody knows': [403, 'InvalidAccessKeyId', /check AWS_ACCESS_KEY_ID/],
  'keys that have expired': [400, 'ExpiredToken', /AWS_SESSION_TOKEN/],
  'an error that nobody knows': [418, 'Teapot', /418 Teapot for bucket letters: as it is/],
};
for (const [what, [status, code, sentence]] of Object.entries(answers)) {
  test(`${what}, as S3 says it, is a sentence that says what to do`, async (t) => {
    const asked: string[] = [];
    const url = await answering(t, (request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(status).end(`<Error><Code>${code}</Code><Message>as it is.</Message></Error>`);
    });

    await t.throwsAsync(s3Blobs(url, s3Keys).read(ref), {instanceOf: Defer, message: sentence});

    t.deepEqual(asked, [`/letters/${ref}`]);
  });
}

test('a server that is too busy is asked again, and told the same', async (t) => {
  const taken: string[] = [];
  const url = await answering(t, (request, response) => {
    taken.push(`${request.method} ${request.url} ${request.headers['x-amz-checksum-sha256']}`);
    if (taken.length < 4) response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>');
    else response.writeHead(request.url === '/letters/write-once' ? 412 : 200).end();
  });

  await s3Blobs(url, s3Keys).write(ref, bytes);

  t.is(taken.length, 5);
  t.is(new Set(taken.slice(0, 4)).size, 1);
});

test('a server that passes over If-None-Match is found out before anything can be overwritten', async (t) => {
  const written: string[] = [];
  const url = await answering(t, (request, response) => {
    if (request.method === 'PUT') written.push(request.url ?? '');
    response.writeHead(200).end();
  });

  await t.throwsAsync(s3Blobs(url, s3Keys).write(ref, bytes), {
    instanceOf: Defer,
    message: /passes over If-None-Match/,
  });

  t.deepEqual(written, ['/letters/write-once', '/letters/write-once']);
});

test('what is not there by the word of something else than S3 is not taken for erased', async (t) => {
  const url = await answering(t, (_request, response) => {
    response.writeHead(404).end('<html>nginx</html>');
  });

  const error = await t.throwsAsync(s3Blobs(url, s3Keys).read(ref), {
    instanceOf: Defer,
    message: /404 without a code/,
  });

  t.false(error instanceof BlobMissing);
});

const wrong: Record<string, [string, RegExp]> = {
  'another scheme': ['https://bucket.s3.amazonaws.com', /got another URL/],
  'keys in the URL': ['s3://key:sEcr3t@bucket', /Expected no keys in BLOBS_URL/],
  'no bucket': ['s3:///prefix', /for the bucket/],
  'a prefix with a step up': ['s3://bucket/a/..hidden/.b', /for the prefix/],
  'a parameter that nobody reads': ['s3://bucket?pathstyle=true', /got "pathstyle"/],
  'an endpoint without a scheme': ['s3://bucket?endpoint=minio:9000', /Expected endpoint of BLOBS_URL/],
  'an endpoint with keys': ['s3://bucket?endpoint=http://key:sEcr3t@minio:9000', /Expected endpoint/],
  'an endpoint with a path': ['s3://bucket?endpoint=http://minio:9000/s3', /Expected endpoint/],
  'a path style that is none': ['s3://bucket?path-style=yes', /got "yes"/],
  'a region that is none': ['s3://bucket?region=eu%20central', /for the region/],
};
for (const [what, [url, sentence]] of Object.entries(wrong)) {
  test(`${what} in BLOBS_URL is one sentence without secrets`, async (t) => {
    const config = {...readConfig({BLOBS_URL: url}), aws: s3Keys};

    const error = await t.throwsAsync(openBlobs(config), {instanceOf: ConfigError, message: sentence});

    t.false(error?.message.includes('sEcr3t'));
  });
}

const right: Record<string, string> = {
  's3://letters': 'https://letters.s3.eu-west-3.amazonaws.com/',
  's3://letters?region=eu-central-1': 'https://letters.s3.eu-central-1.amazonaws.com/',
  's3://let.ters?path-style=true': 'https://s3.eu-west-3.amazonaws.com/let.ters/',
  's3://letters/a/b/?endpoint=http://minio:9000': 'http://minio:9000/letters/',
  's3://letters?endpoint=https://r2.example&path-style=false': 'https://letters.r2.example/',
};
for (const [url, address] of Object.entries(right)) {
  test(`${url} is at ${address}`, (t) => {
    t.is(readBlobsUrl(url, 'eu-west-3').url, address);
  });
}

test('a service whose store has no keys does not start, and says which', async (t) => {
  const env = {PORT: '0', DIP_DATA_DIR: '/tmp', BLOBS_URL: 's3://letters', AWS_ACCESS_KEY_ID: 'AKIA'};

  const {code, stderr} = await child(t, '../../services/cli/start.mjs', ['serve', 'ingestion'], env).ended;

  t.is(code, 78);
  t.regex(stderr, /^ingestion: BLOBS_URL is set, and .*AWS_SECRET_ACCESS_KEY[^\n]*\.\n$/);
});

/** Something that answers as an S3 server might. Returns the `BLOBS_URL` of its bucket `letters`. */
async function answering(
  t: ExecutionContext,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(
    (request, response) => void buffer(request).then(() => answer(request, response)),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('Expected a port.');
  return `s3://letters?endpoint=http://127.0.0.1:${address.port}`;
}
