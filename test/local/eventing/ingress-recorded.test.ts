/** What Knative's own ingress answered to one request and what then was delivered, and what ours does with the same. */
import {existsSync, readFileSync} from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {skip} from '../../skip.ts';
import {manifestsOf, triggerOf} from '../manifests-of.ts';
import {runBroker} from '../running-broker.ts';
import {type Received, subscriber} from '../subscriber.ts';

const file = path.join(
  import.meta.dirname,
  '../../../../shared/knative/recorded/ingress-mt-kafkachannel.jsonl',
);

interface Row {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Record<string, string>;
    readonly body: string;
  };
  readonly answer: {readonly status: number; readonly headers: Record<string, string>};
  readonly delivered: readonly {readonly headers: Record<string, string>; readonly body: string}[];
}

interface Seen {
  readonly status: number;
  /** The headers of the event as it was delivered; null: it was not. */
  readonly delivered: Record<string, string> | null;
  readonly body: string | null;
}

const refused: Partial<Seen> = {status: 400, delivered: null, body: null};

/**
 * The rows that differ, and why. Beyond them ours adds no Kafka offset, says of JSON data that it is JSON, keeps a
 * time as it was written and escapes in headers what CloudEvents has escaped.
 */
const intended: Record<string, {ours: Partial<Seen>; because: string}> = {
  "subject 'tab\tin'": {ours: refused, because: 'no attribute may hold a control character'},
  'structured extension newline': {ours: refused, because: 'the same, and Knative says 500'},
  'structured subject "a\\nb"': {ours: refused, because: 'the same, and Knative says 500'},
  "dataschema ''": {ours: refused, because: 'an empty attribute is none, and is better left out'},
  'structured dataschema ""': {ours: refused, because: 'the same'},
  'structured time ""': {ours: refused, because: 'the same'},
  "content type 'foo'": {ours: refused, because: 'it is no media type'},
  "content type 'application/cloudevents+avro'": {ours: refused, because: 'Knative says 500'},
  "content type 'application/cloudevents'": {ours: refused, because: 'Knative says 500'},
  "extension name 'data'": {ours: refused, because: 'no attribute may be named so'},
  "structured extension name 'MyExt'": {ours: refused, because: 'names are lower-case'},
  "structured extension name ''": {ours: refused, because: 'a name has at least one character'},
  'structured source blank': {ours: refused, because: 'a source says where the event comes from'},
  'structured data and base64': {ours: refused, because: 'one of the two would be lost'},
  'structured text data object': {
    ours: {status: 202},
    because: 'data that is no text is sent as its JSON',
  },
  'structured datacontenttype null': {ours: {status: 202}, because: 'null is as good as left out'},
  'structured duplicate specversion': {ours: {status: 202}, because: 'as of other members, the last counts'},
  'structured byte order mark': {ours: {status: 202}, because: 'it is no part of the JSON'},
  '1.1 MB': {ours: {...refused, status: 413}, because: 'Knative says 500, which is tried again for nothing'},
};

/** Attributes of single rows that ours delivers otherwise. */
const attributes: Record<string, {name: string; ours: string | undefined; because: string}> = {
  'subject \'"quoted"\'': {
    name: 'ce-subject',
    ours: 'quoted',
    because: 'quotes are taken off, as CloudEvents asks for the sake of old senders',
  },
  "extension name 'knativekafkaoffset'": {
    name: 'ce-knativekafkaoffset',
    ours: 'value',
    because: 'no Kafka here overwrites it',
  },
};

if (existsSync(file)) {
  for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
    const row: Row = JSON.parse(line);
    // The record of one row shortened a whole event to a run of letters: it can't be sent again.
    if (row.name === 'structured extension long') continue;
    test.serial(`as Knative's ingress: ${row.name}`, (t) => compare(t, row));
  }
} else {
  test("Knative's recorded ingress is there to compare with", (t) => {
    skip(t, `Knative's recorded ingress is not at ${file}`);
  });
}

async function compare(t: ExecutionContext, row: Row): Promise<void> {
  const heard = await subscriber(t);
  const {url, eventing, stop} = await runBroker(t, manifestsOf({triggers: [triggerOf('all', heard.url)]}));
  const status = await send(url, row);
  while (Object.values(eventing.backlog()).some((length) => length > 0))
    await new Promise((resolve) => setTimeout(resolve, 5));
  await stop();

  const knative: Seen = {
    status: row.answer.status,
    delivered: row.delivered[0] === undefined ? null : expectedHeaders(row, row.delivered[0].headers),
    body: row.delivered[0]?.body ?? null,
  };
  const expected = {...knative, ...intended[row.name]?.ours};
  const seen = seenOf(status, heard.received[0]);
  t.is(seen.status, expected.status);
  t.is(heard.received.length, expected.status === 202 ? 1 : 0);
  // Of what Knative refuses there is nothing to compare with.
  if (knative.status === expected.status) t.deepEqual(seen, expected);
}

/** What Knative delivered, without what ours leaves out and with what it adds, by the general differences. */
function expectedHeaders(row: Row, headers: Record<string, string>): Record<string, string> {
  const expected = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, plain(value, name)]),
  );
  // Where in Kafka an event lies, and under which span a hop was traced.
  for (const name of ['ce-knativekafkaoffset', 'ce-knativekafkapartition', 'traceparent', 'tracestate'])
    delete expected[name];
  const isStructured = row.request.headers['content-type']?.startsWith('application/cloudevents+json');
  const structured: {data?: unknown; time?: string} = isStructured
    ? JSON.parse(Buffer.from(row.request.body, 'base64').toString())
    : {};
  if ('data' in structured) expected['content-type'] ??= 'application/json';
  const time = structured.time ?? row.request.headers['ce-time'];
  if (expected['ce-time'] !== undefined && time !== undefined) expected['ce-time'] = time;
  const own = attributes[row.name];
  if (own?.ours !== undefined) expected[own.name] = own.ours;
  return expected;
}

function seenOf(status: number, received: Received | undefined): Seen {
  if (received === undefined) return {status, delivered: null, body: null};
  const delivered: Record<string, string> = {};
  for (const [name, value] of Object.entries(received.headers))
    if (/^(ce-|content-type$|kn-|prefer$)/.test(name)) delivered[name] = plain(String(value), name);
  if (/^\d{4}-\d\d-\d\dT/.test(delivered['ce-knativearrivaltime'] ?? ''))
    delivered['ce-knativearrivaltime'] = '<time>';
  const text = received.body.toString();
  const body = text.length > 65_536 ? `<${text.length} characters>` : text;
  return {status, delivered, body};
}

/** A value as it was meant: Knative sends raw UTF-8, which Node reads as Latin-1, ours the escapes of CloudEvents. */
function plain(value: string, name: string): string {
  return name.startsWith('ce-') ? decodeURIComponent(Buffer.from(value, 'latin1').toString()) : value;
}

function send(url: string, {request: {method, path: asked, headers, body}}: Row): Promise<number> {
  const long = /^<(\d+) (.)>$/.exec(body);
  const bytes =
    long === null ? Buffer.from(body, 'base64') : Buffer.from(long[2]?.repeat(Number(long[1])) ?? '');
  const {hostname, port} = new URL(url);
  const path = asked.replace('{broker}', '/dip/default');
  if (bytes.length > 0) headers['content-length'] = String(bytes.length);
  return new Promise((resolve, reject) => {
    const sent = http.request({hostname, port, method, path, headers, agent: false}, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end(bytes);
  });
}
