import {execFile} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import test from 'ava';
import {documentReceived} from '#events';
import {way} from '../services/archive/way.ts';
import {type Dip, startDip, temporaryFolder} from './dip-process.ts';

const run = promisify(execFile);
const main = fileURLToPath(new URL('../services/cli/start.mjs', import.meta.url));
const documents = fileURLToPath(new URL('./documents/', import.meta.url));

interface Submitted {
  documentId: string;
  status: string;
  category: string | null;
  confidence: number | null;
  alternatives: {category: string; confidence: number}[];
  queue: string | null;
  reason: string | null;
  response: {subject: string; body: string; method: string} | null;
  attachments: string[];
  parent: string | null;
  facts: {type: string; id: string; service: string; time: string}[];
}

let dip: Dip;

test.before(async () => {
  dip = await startDip(await temporaryFolder());
});

test.after.always(async () => {
  await dip?.stop();
});

/** Submits files with the command line, as a person does. */
async function submit(...names: string[]): Promise<{documents: Submitted[]; exitCode: number}> {
  const files = names.map((name) => `${documents}${name}`);
  const words = [
    main,
    'doc',
    'submit',
    ...files,
    '--wait',
    '--timeout',
    '90s',
    '-o',
    'jsonl',
    '--server',
    dip.url,
  ];
  const {stdout, code} = await run(process.execPath, words).then(
    ({stdout}) => ({stdout, code: 0}),
    (error: {stdout: string; code: number}) => error,
  );
  const lines = stdout.trim().split('\n');
  return {documents: lines.map((line): Submitted => JSON.parse(line)), exitCode: code};
}

async function get(path: string): Promise<{status: number; body: string}> {
  const answer = await fetch(`${dip.url}${path}`);
  return {status: answer.status, body: await answer.text()};
}

test.serial('a letter of each format is answered by the queue of its category', async (t) => {
  const letters = {
    'mortgage-escrow.pdf': ['mortgage', 'lending'],
    'debt-collection.docx': ['debt_collection', 'collections'],
    'credit-report.eml': ['credit_reporting', 'reporting'],
    'credit-card.html': ['credit_card', 'cards'],
    'credit-card.txt': ['credit_card', 'cards'],
  };
  const {documents, exitCode} = await submit(...Object.keys(letters));

  t.is(exitCode, 0);
  for (const [index, [name, [category, queue]]] of Object.entries(letters).entries()) {
    const document = documents[index];
    t.like(document, {status: 'answered', category, queue}, name);
    t.true((document?.confidence ?? 0) > 0.5, name);
    t.is(document?.alternatives.length, 3);
    t.regex(document?.response?.body ?? '', /^Dear /, name);
    t.is(document?.response?.method, 'template');
  }
});

test.serial(
  'a document that can not be read is rejected with the reason, and the exit code is 5',
  async (t) => {
    const reasons = {
      'empty.txt': 'empty',
      'encrypted.pdf': 'encrypted',
      'truncated.docx': 'corrupt',
      'scan.pdf': 'no-text',
      'photo.png': 'unsupported',
    };
    const {documents, exitCode} = await submit(...Object.keys(reasons));

    t.is(exitCode, 5);
    t.deepEqual(
      documents.map(({status}) => status),
      Array(5).fill('rejected'),
    );
    t.deepEqual(
      documents.map(({reason}) => reason),
      Object.values(reasons),
    );
  },
);

test.serial('a document shows its facts in order, each by the service that said it', async (t) => {
  const {documents} = await submit('credit-card.txt');
  const document: Submitted = JSON.parse(
    (await get(`/api/archive/documents/${documents[0]?.documentId}`)).body,
  );

  t.deepEqual(
    document.facts
      .filter(({service}) => way.some((step) => step.service === service))
      .map(({type, service}) => [type, service]),
    [
      ['com.dip.document.received', 'ingestion'],
      ['com.dip.document.ingested', 'ingestion'],
      ['com.dip.document.classified', 'classification'],
      ['com.dip.routing.decided', 'routing'],
      ['com.dip.response.generated', 'response'],
    ],
  );
});

test.serial(
  'an upload by HTTP alone is 202 with links, or the finished document for who prefers to wait',
  async (t) => {
    const form = new FormData();
    form.append('file', new Blob([await readFile(`${documents}mortgage-escrow.pdf`)]), 'my letter.pdf');
    const accepted = await fetch(`${dip.url}/api/ingestion/documents`, {method: 'POST', body: form});
    const {documentId, links}: {documentId: string; links: {self: string}} = JSON.parse(
      await accepted.text(),
    );

    t.is(accepted.status, 202);
    t.is(links.self, `/api/archive/documents/${documentId}`);

    const waited = await fetch(`${dip.url}/api/ingestion/documents`, {
      method: 'POST',
      headers: {prefer: 'wait=30', 'content-type': 'text/plain'},
      body: 'My credit card was charged twice and the bank refuses to refund the late fee.',
    });
    const finished: Submitted = JSON.parse(await waited.text());
    t.is(waited.status, 200);
    t.like(finished, {status: 'answered', category: 'credit_card'});
  },
);

test.serial('what a person writes beside a document does not change how it stands', async (t) => {
  const form = new FormData();
  form.append('status', 'in-work');
  form.append('file', new Blob(['My credit card was charged twice.']), 'letter.txt');
  const waited = await fetch(`${dip.url}/api/ingestion/documents`, {
    method: 'POST',
    headers: {prefer: 'wait=30'},
    body: form,
  });

  t.is(waited.status, 200);
  t.like(await waited.json(), {status: 'answered', metadata: {status: 'in-work'}});
});

test.serial('one Idempotency-Key is one document, and with other bytes it is 422', async (t) => {
  const upload = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${dip.url}/api/ingestion/documents`, {
      method: 'POST',
      headers: {'idempotency-key': 'letter-17', 'content-type': 'text/plain', ...headers},
      body,
    });
  const letter = 'The collector calls me every day about a debt that is not mine.';
  const first = await upload(letter);
  const second = await upload(letter);
  const other = await upload('Another letter altogether.');

  const replayed = 'idempotent-replayed';
  t.is(first.headers.get(replayed), null);
  t.is(second.headers.get(replayed), 'true');
  t.is(await second.text(), await first.text());
  t.is((await upload(letter, {prefer: 'wait=30'})).headers.get(replayed), 'true');
  t.is(other.status, 422);
  t.regex(await other.text(), /Idempotency-Key was used for a document with other bytes/);
});

test.serial('an upload above 25 MiB is 413, and there is no document', async (t) => {
  const received = `/api/archive/facts?type=${documentReceived.type}&limit=500`;
  const before = (await get(received)).body;
  const answer = await fetch(`${dip.url}/api/ingestion/documents`, {
    method: 'POST',
    body: Buffer.alloc(30 * 1024 * 1024, 'a'),
  });

  t.is(answer.status, 413);
  t.is((await get(received)).body, before);
});

test.serial(
  'a mail and what is attached to it are one case with one answer, and each part can be looked at',
  async (t) => {
    const {documents} = await submit('credit-report.eml');
    const [attachment = ''] = documents[0]?.attachments ?? [];
    const answer = await fetch(`${dip.url}/api/archive/documents/${attachment}`, {
      headers: {prefer: 'wait=30'},
    });
    const document: Submitted = JSON.parse(await answer.text());

    t.is(documents[0]?.attachments.length, 2);
    t.is(documents[0]?.status, 'answered');
    t.is(document.parent, documents[0]?.documentId ?? '');
    t.is(document.status, 'part');
    t.is(document.response, null);
  },
);

test.serial('an event posted to the broker, binary or structured, flows through the triggers', async (t) => {
  const [{documentId = ''} = {}] = (await submit('credit-card.txt')).documents;
  const received = await factOf(documentId, documentReceived.type);
  const data = {...received.data, documentId};
  const attributes = {specversion: '1.0', type: documentReceived.type, source: '/test', subject: documentId};
  const structured = await fetch(`${dip.url}/dip/default`, {
    method: 'POST',
    headers: {'content-type': 'application/cloudevents+json'},
    body: JSON.stringify({...attributes, id: 'structured', datacontenttype: 'application/json', data}),
  });
  const binary = await fetch(`${dip.url}/dip/default`, {
    method: 'POST',
    headers: {
      ...Object.fromEntries(
        Object.entries({...attributes, id: 'binary'}).map(([name, value]) => [`ce-${name}`, value]),
      ),
      'content-type': 'application/json',
    },
    body: JSON.stringify(data),
  });

  t.deepEqual([structured.status, binary.status], [202, 202]);
  for (const id of ['structured', 'binary']) await untilHandled(documentId, id);
  t.pass();
});

/** Waits until an event has led to an answer: the fact that ends the chain that it began. */
async function untilHandled(documentId: string, id: string): Promise<void> {
  for (let turn = 0; turn < 60; turn++) {
    const {facts}: {facts: {event: {correlationid?: string; type: string}}[]} = JSON.parse(
      (await get(`/api/archive/facts?subject=${documentId}&limit=500`)).body,
    );
    if (facts.some(({event}) => event.correlationid === id && event.type === 'com.dip.response.generated'))
      return;
    const answer = await fetch(`${dip.url}/api/archive/documents/${documentId}`, {
      headers: {prefer: 'wait=1'},
    });
    await answer.body?.cancel();
    await wait(100);
  }
  throw new Error(`Event ${id} of ${documentId} did not lead to an answer.`);
}

async function factOf(documentId: string, type: string): Promise<{data: object}> {
  const {facts}: {facts: {event: {data: object}}[]} = JSON.parse(
    (await get(`/api/archive/facts?subject=${documentId}&type=${type}`)).body,
  );
  const [fact] = facts;
  if (fact === undefined) throw new Error(`There is no ${type} of ${documentId}.`);
  return fact.event;
}

test.serial('no id ever came with two contents', async (t) => {
  t.deepEqual(JSON.parse((await get('/api/archive/alarms')).body), {alarms: []});
});

test.serial('a second DIP on the same folder is refused, naming the first', async (t) => {
  const words = [main, 'dev', '--port', '0', '--data-dir', dip.dataDirectory];
  const refused = await run(process.execPath, words).catch((error: {code: number; stderr: string}) => error);

  t.like(refused, {code: 1});
  t.regex(refused.stderr, new RegExp(`belongs to the DIP with process id ${dip.pid} at ${dip.url}`));
});

test.serial('what was there is there after a restart', async (t) => {
  const before: {documents: Submitted[]} = JSON.parse((await get('/api/archive/documents?limit=500')).body);
  await dip.stop();
  dip = await startDip(dip.dataDirectory);
  const after: {documents: Submitted[]} = JSON.parse((await get('/api/archive/documents?limit=500')).body);

  t.true(before.documents.length > 10);
  t.deepEqual(after, before);
});
