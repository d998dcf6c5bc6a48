import {rm} from 'node:fs/promises';
import {connect} from 'node:net';
import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {request} from 'undici';
import {documentClassified, documentIngested} from '#events';
import {type Dip, startDip, temporaryFolder} from '../dip-process.ts';
import {documentOf, readArchive, untilQuiet} from './archive.ts';
import {letters} from './letters.ts';
import {send} from './post-office.ts';
import {Served} from './served.ts';

let dip: Dip;
let accepted = 0;

test.before(async () => {
  dip = await startDip(await temporaryFolder());
  await sendLetters(1);
});

test.after.always(async () => {
  await dip?.kill();
  await rm(dip.dataDirectory, {recursive: true, force: true, maxRetries: 50, retryDelay: 100});
});

// After every test a letter goes through, and what was refused has left nothing behind.
test.afterEach.always(async (t) => {
  await sendLetters(1);
  await untilQuiet(dip.url);
  const {documents, alarms} = await readArchive(dip.url);
  t.is(documents.length, accepted);
  t.true(documents.every(({status}) => status === 'answered'));
  t.deepEqual(alarms, []);
});

async function sendLetters(count: number): Promise<void> {
  const readable = (await letters(50, 1)).filter(({filename}) => filename.endsWith('.txt')).slice(0, count);
  const unkeyed = readable.map((letter) => ({...letter, key: null, isRepeated: false}));
  for (const {documentIds} of await send(unkeyed, {url: async () => dip.url, writers: 1}))
    for (const documentId of documentIds) await documentOf(dip.url, documentId, 60);
  accepted += count;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  /** The connection ends with the answer. */
  readonly reset?: boolean;
}

/** Asks something of DIP and expects it to be refused with this status and a sentence. */
async function refused(
  t: ExecutionContext,
  path: string,
  {method = 'POST', headers = {}, body, reset = false}: Asked,
  expected: {status: number; says: RegExp; at?: string},
): Promise<void> {
  const url = `${expected.at ?? dip.url}${path}`;
  const answer = await request(url, {method, headers, body: body ?? null, reset, headersTimeout: 60_000});
  const text = await answer.body.text();
  const {error}: {error?: string} = text.startsWith('{') ? JSON.parse(text) : {};

  t.is(answer.statusCode, expected.status, `${method} ${path}: ${text}`);
  t.regex(error ?? '', expected.says, `${method} ${path}`);
}

const event = {
  specversion: '1.0',
  id: 'door-1',
  source: '/test',
  type: documentIngested.type,
  datacontenttype: 'application/json',
  data: documentIngested.example,
};
const structured = {'content-type': 'application/cloudevents+json'};

test.serial('a broker refuses what is no event, and says what is wrong with it', async (t) => {
  const broker = '/dip/default';
  const withBody = (body: unknown, status: number, says: RegExp) =>
    refused(t, broker, {headers: structured, body: JSON.stringify(body)}, {status, says});
  const {id: _id, ...anonymous} = event;
  await withBody(anonymous, 400, /`id`.* got nothing/);
  await withBody({...event, id: 17}, 400, /`id`.* got 17/);
  await withBody({...event, source: ''}, 400, /`source`/);
  await withBody({...event, time: 'yesterday'}, 400, /`time` as RFC 3339.*yesterday/);
  await withBody({...event, Type: 'x'}, 400, /attribute name/);
  await withBody({...event, specversion: '9'}, 400, /`specversion` 1\.0/);
  await withBody([event], 400, /./);
  await refused(t, broker, {headers: structured, body: '{"specversion":'}, {status: 400, says: /JSON/});
  await refused(t, broker, {headers: structured}, {status: 400, says: /./});
  await refused(t, broker, {body: 'hello'}, {status: 400, says: /Expected a CloudEvent/});
  await refused(
    t,
    broker,
    {headers: {'content-type': 'application/cloudevents-batch+json'}, body: '[]'},
    {status: 400, says: /batch/},
  );
  await refused(
    t,
    broker,
    {headers: {...structured, 'content-length': String(2 ** 21)}, body: Buffer.alloc(2 ** 21, ' ')},
    {status: 413, says: /at most 1048576 bytes/},
  );
});

test.serial('a path that leads nowhere is refused, and so is a method that does not fit', async (t) => {
  const body = JSON.stringify(event);
  await refused(t, '/dip/nobody', {headers: structured, body}, {status: 404, says: /no Broker dip\/nobody/});
  await refused(t, '/dip', {headers: structured, body}, {status: 400, says: /\/<namespace>\/<broker>/});
  await refused(t, '/dip/default', {method: 'GET'}, {status: 405, says: /POST/});
  await refused(t, '/api/nobody/documents', {}, {status: 404, says: /no service "nobody"/});
  await refused(t, '/api/ingestion/documents', {method: 'GET'}, {status: 405, says: /takes POST/});
  await refused(
    t,
    '/api/archive/documents?before=3',
    {method: 'GET'},
    {status: 400, says: /no parameter but/},
  );
  await refused(t, '/api/archive/documents?limit=many', {method: 'GET'}, {status: 400, says: /`limit`/});
  await refused(t, '/api/archive/facts?after=x', {method: 'GET'}, {status: 400, says: /`after`/});
  await refused(t, '/api/archive/documents/doc-%ff', {method: 'GET'}, {status: 400, says: /percent-encoded/});
  await refused(t, '/api/archive//[', {method: 'GET'}, {status: 404, says: /./});
});

test.serial('a web page of another site, and a name that is not ours, are refused', async (t) => {
  const body = JSON.stringify(event);
  const foreign = [{origin: 'http://evil.example'}, {origin: 'null'}, {host: 'evil.example'}];
  for (const headers of foreign) {
    for (const path of ['/dip/default', '/api/ingestion/documents', '/api/archive/facts', '/'])
      await refused(
        t,
        path,
        {headers: {...structured, ...headers}, body},
        {status: 403, says: /refused|no name of this DIP/},
      );
  }
});

test.serial('nobody but the broker hands an event to a service', async (t) => {
  const body = JSON.stringify(event);
  for (const path of ['/events', '/events/', '/events?x', '/', '', '/./events', '/%65vents'])
    await refused(
      t,
      `/api/classification${path}`,
      {headers: structured, body},
      {status: 403, says: /through the broker alone/},
    );
  await refused(
    t,
    '/events',
    {headers: {...structured, host: 'classification.dip.example.com'}, body},
    {status: 403, says: /through the broker alone/},
  );
});

test.serial("at a service's own port only events come in that it hears, and none from a page", async (t) => {
  const folder = await temporaryFolder();
  const served = new Served('routing', {DIP_DATA_DIR: folder});
  t.teardown(() => rm(folder, {recursive: true, force: true}));
  t.teardown(() => served.kill());
  const at = await served.start(fileURLToPath(new URL('../../', import.meta.url)));
  const heard = {...event, type: documentClassified.type, data: documentClassified.example};
  const post = (what: unknown, headers: Record<string, string>, status: number, says: RegExp) =>
    refused(
      t,
      '/events',
      {headers: {...structured, ...headers}, body: JSON.stringify(what)},
      {status, says, at},
    );

  await post(heard, {origin: at}, 403, /not from a web page/);
  await post(event, {}, 400, /does not hear com\.dip\.document\.ingested/);
  await post({...heard, data: {documentId: 7}}, {}, 400, /breaks urn:dip:com\.dip\.document\.classified/);
  await refused(t, '/events', {method: 'GET'}, {status: 405, says: /POST/, at});
  await refused(t, '/admin', {}, {status: 404, says: /There is no \/admin/, at});
});

test.serial('an upload that is too large, empty of files or broken is refused', async (t) => {
  const door = '/api/ingestion/documents';
  const form = {'content-type': 'multipart/form-data; boundary=cut'};
  const part = (name: string) =>
    `--cut\r\nContent-Disposition: form-data; name="${name}"; filename="a.txt"\r\n\r\nhello\r\n`;
  const field = '--cut\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n--cut--\r\n';
  const huge = Buffer.alloc(30 * 1024 * 1024, 'a');
  await refused(t, door, {body: huge, reset: true}, {status: 413, says: /25 MiB/});
  await refused(t, door, {body: huge, headers: form, reset: true}, {status: 413, says: /25 MiB/});
  await refused(t, door, {body: field, headers: form}, {status: 400, says: /form with a file/});
  await refused(t, door, {body: '', headers: form}, {status: 400, says: /form/});
  await refused(t, door, {body: part('file'), headers: form}, {status: 400, says: /form could not be read/});
  await refused(
    t,
    door,
    {body: `${part('a')}${part('b')}--cut--\r\n`, headers: form},
    {status: 400, says: /one file/},
  );
  await refused(
    t,
    door,
    {body: 'x', headers: {'content-type': 'multipart/form-data'}},
    {status: 400, says: /form/},
  );
  await refused(
    t,
    door,
    {body: 'x', headers: {'idempotency-key': 'k'.repeat(300)}},
    {status: 400, says: /256/},
  );
});

test.serial('an upload that breaks off leaves no document', async (t) => {
  const head = ['POST /api/ingestion/documents HTTP/1.1', 'Host: localhost'];
  const form = '--cut\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhello';
  const broken = [
    [[...head, 'Content-Length: 100000'], 'half a letter'],
    [[...head, 'Transfer-Encoding: chunked'], '5\r\nhello\r\n'],
    [[...head, 'Content-Length: 100000', 'Content-Type: multipart/form-data; boundary=cut'], form],
    [[...head, 'Content-Length: 100000', 'Prefer: wait=30'], 'half a letter'],
  ] as const;
  for (const [lines, body] of broken) t.is(await breakOff(`${lines.join('\r\n')}\r\n\r\n${body}`), '');
});

test.serial('a request of a megabyte before its body is refused', async (t) => {
  const long = 'x'.repeat(1024 * 1024);
  t.regex(await say(`GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${long}\r\n\r\n`), /^HTTP\/1\.1 431 /);
  t.regex(await say(`GET /${long} HTTP/1.1\r\nHost: localhost\r\n\r\n`), /^HTTP\/1\.1 431 /);
  t.regex(await say('HELLO\r\n\r\n'), /^HTTP\/1\.1 400 /);
});

/** Says something to DIP's port, byte for byte, and hears the answer until the connection ends. */
function say(bytes: string): Promise<string> {
  return talk(bytes, false);
}

/** Says something and hangs up as soon as it is sent. */
function breakOff(bytes: string): Promise<string> {
  return talk(bytes, true);
}

function talk(bytes: string, hangsUp: boolean): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(Number(new URL(dip.url).port), '127.0.0.1');
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(heard));
    socket.write(bytes, () => {
      if (hangsUp) setImmediate(() => socket.resetAndDestroy());
    });
  });
}
