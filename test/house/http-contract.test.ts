/** What docs/http-contract.md says to services in other languages is what DIP does. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {documentIngested, documentRejected} from '#events';
import {deriveEventId} from '#kit';
import {encodeBinary, largestEventBytes, toEvent} from '#kit/wire';
import {outcomeOf} from '../../services/local/eventing/outcome.ts';
import {waitsOf} from '../../services/manifests/absence.ts';
import {readManifests} from '../../services/manifests/read-manifests.ts';
import {runProgram} from '../cluster/run-program.ts';
import {brokerOf, manifestsOf, triggerOf} from '../local/manifests-of.ts';
import {runBroker} from '../local/running-broker.ts';
import {subscriber} from '../local/subscriber.ts';

const project = path.join(import.meta.dirname, '../..');
const page = readFileSync(path.join(project, 'docs/http-contract.md'), 'utf8');

/** An event with every attribute that DIP knows. */
const cause = toEvent(documentIngested(documentIngested.example), {
  service: 'ingestion',
  id: 'ingested-1',
  time: new Date('2026-01-31T09:00:00Z'),
  cause: toEvent(documentRejected(documentRejected.example), {
    service: 'ingestion',
    id: 'first',
    time: undefined,
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    tracestate: 'a=b',
  }),
});
const replayed = {...cause, attributes: {...cause.attributes, replayid: 'replay-1'}};

test('every header that an event comes with is in the table, and no other but those of a cluster', async (t) => {
  const {url, received, until} = await subscriber(t);
  const trigger = triggerOf('all', `${url}/events`);
  const broker = await runBroker(t, manifestsOf({triggers: [trigger]}));
  const {headers, body} = encodeBinary(replayed);

  await fetch(`${broker.url}/dip/default`, {method: 'POST', headers, body: new Uint8Array(body)});
  await until(1);

  const said = namesIn(tableUnder('What comes'));
  const came = Object.keys(received[0]?.headers ?? {}).filter(
    (name) => !['host', 'connection'].includes(name),
  );
  t.deepEqual(
    came.filter((name) => !said.includes(name)),
    [],
  );
  const elsewhere = ['ce-knativebrokerttl', 'ce-knative…', 'traceparent', 'tracestate', 'authorization'];
  t.deepEqual(
    said.filter((name) => !came.includes(name) && !elsewhere.includes(name)),
    [],
  );
  t.is(received[0]?.headers['prefer'], 'reply');
});

test('every status is taken for what the table says', (t) => {
  const [taken, replied, mistaken, never, later] = tableUnder('What to answer');
  const kindOf = (status: number, body = '', headers = {}) =>
    outcomeOf({status, headers, body: Buffer.from(body)}, 'mt-kafkachannel').kind;
  const {headers, body} = encodeBinary(cause);

  for (const status of statusesOf(taken)) t.is(kindOf(status), 'delivered');
  for (const status of statusesOf(replied)) t.is(kindOf(status, body.toString(), headers), 'delivered');
  for (const status of statusesOf(mistaken)) t.is(kindOf(status, '{"ok": true}'), 'retry');
  for (const status of statusesOf(never)) t.is(kindOf(status), 'failed', String(status));
  for (const status of statusesOf(later)) t.is(kindOf(status), 'retry', String(status));
  t.true(statusesOf(never).length >= 6 && statusesOf(later).length >= 8);
});

test('a reply has the attributes of the table, and the id that it tells how to make', async (t) => {
  const draft = documentRejected(documentRejected.example);
  const id = deriveEventId(replayed, draft.contract.type);
  const {attributes} = toEvent(draft, {service: 'x', id, time: new Date(), cause: replayed});
  const [words = ''] = /`\["<ce-source>[^`]+`/.exec(page) ?? [];
  const told = words
    .slice(1, -1)
    .replace('<ce-source>', '/services/ingestion')
    .replace('<ce-id>', 'ingested-1')
    .replace("<reply's type>", draft.contract.type)
    .replace('<ce-replayid>', 'replay-1');
  const {subtle} = globalThis.crypto;
  const hash = Buffer.from(await subtle.digest('SHA-256', Buffer.from(told))).toString('hex');

  t.deepEqual(
    namesIn(tableUnder('The reply')).toSorted(),
    Object.keys(attributes)
      .filter((name) => name !== 'specversion')
      .toSorted(),
  );
  t.is(hash.slice(0, 32), id);
});

test('limits and retries are those of the code and the Broker', async (t) => {
  const {brokers} = await readManifests([path.join(project, 'config/knative')]);
  const delivery = brokers.find(({name}) => name === 'default')?.delivery;
  const waits = delivery === undefined ? [] : waitsOf(delivery, brokerOf());

  t.true(page.includes(`at most ${largestEventBytes.toLocaleString('en-US')} bytes`));
  t.true(
    page.includes(
      `one attempt has ${(delivery?.timeoutMs ?? 0) / 1000} s (\`timeout\`); ${waits.length} more follow after 1, 2, 3 … ${(waits.at(-1) ?? 0) / 1000} s`,
    ),
  );
});

test('its commands that need no DIP print what they say', async (t) => {
  const lines = [...page.matchAll(/^npx (?:node|dip event) .*$/gm)].map(([line]) => line);

  t.is(lines.length, 2);
  for (const line of lines) {
    const {code, stdout, stderr} = await runProgram('sh', ['-c', line], {cwd: project});
    t.is(code, 0, stderr);
    t.regex(stdout, /documentId/);
  }
});

/** The rows of the first table under a heading, each by its cells. */
function tableUnder(heading: string): string[][] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const rows = section.split('\n## ')[0]?.match(/^\|.*\|$/gm) ?? [];
  return rows.slice(2).map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** What stands in code in the first column. */
function namesIn(rows: readonly string[][]): string[] {
  return rows.flatMap(([first = '']) => [...first.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
}

function statusesOf(row: readonly string[] = []): number[] {
  return [...(row[0] ?? '').matchAll(/\b\d{3}\b/g)].map(([status]) => Number(status));
}
