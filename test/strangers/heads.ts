import type {Chance} from '../flow/chance.ts';

/** A request whose head is strange somewhere, as bytes. */
export function strangeHead(chance: Chance, sender: Readonly<Record<string, string>> = {}): Buffer {
  const lines = [
    `${chance.of(methods)} ${targetOf(chance)} ${chance.happens(0.9) ? 'HTTP/1.1' : chance.of(versions)}`,
    ...(chance.happens(0.9) ? [`Host: ${chance.happens(0.8) ? '127.0.0.1' : chance.of(hosts)}`] : []),
  ];
  // Some don't say who they are.
  if (chance.happens(0.8))
    for (const [name, value] of Object.entries(sender)) lines.push(`${name}: ${value}`);
  for (let header = chance.below(6); header > 0; header--) lines.push(chance.of(headers));
  if (chance.happens(0.2)) lines.push(`X-Long: ${'x'.repeat(chance.below(60_000))}`);
  const body = chance.of(bodies);
  if (chance.happens(0.9)) lines.push(`Content-Length: ${body.length}`);
  lines.push('Connection: close');
  const bytes = Buffer.from(`${lines.join(chance.happens(0.95) ? '\r\n' : '\n')}\r\n\r\n${body}`, 'latin1');
  if (chance.happens(0.3)) bytes[chance.below(bytes.length)] = chance.below(256);
  return bytes;
}

const methods = [
  'GET',
  'POST',
  'PUT',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'TRACE',
  'get',
  'BREW',
  'PRI',
  '',
];
const versions = ['HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/9.9', 'ICY', ''];
const hosts = [
  '',
  ' ',
  'example.org',
  '127.0.0.1:0',
  '[::1',
  'ingestion.dip',
  'a'.repeat(300),
  '127.0.0.1, b',
];
const paths = [
  '/',
  '/dip/default',
  '/dip/nobody',
  '/dip/dead-letters',
  '/api/ingestion/documents',
  '/api/archive/documents',
  '/api/archive/documents/doc-00000000000000000001',
  '/api/archive/facts?limit=-1&after=x',
  '/api/archive/alarms?limit=1e9',
  '/api/dead-letter/letters',
  '/api/nobody/x',
  '/api/ingestion/events',
  '/events',
  'http://127.0.0.1/api/archive/documents',
  '*',
  '//',
  '',
];
const pieces = [
  '%',
  '%2e%2e/',
  '%252e',
  '../',
  '%00',
  '%ff',
  '?',
  '#',
  '\\',
  ';',
  '//',
  '%2f',
  '\xe9',
  '&a=b',
  ' ',
];

function targetOf(chance: Chance): string {
  let target = chance.of(paths);
  for (let piece = chance.below(4); piece > 0; piece--) target += chance.of(pieces);
  return chance.happens(0.02) ? target + '%25'.repeat(chance.below(5000)) : target;
}

const headers = [
  'Content-Type: application/cloudevents+json',
  'Content-Type: application/cloudevents-batch+json',
  'Content-Type: application/json',
  'Content-Type: \xff',
  'ce-id: 1',
  'ce-id: ',
  'ce-id: %',
  'ce-id: \xff',
  'ce-source: /s',
  'ce-type: com.dip.document.received',
  'ce-type: t',
  'ce-specversion: 1.0',
  'ce-specversion: 9',
  'ce-time: nope',
  'ce-time: 2026-01-01T00:00:00.000000000000000000000000000000001Z',
  'ce-__proto__: a',
  'ce-knativearrivaltime: x',
  'ce-subject: \u00e9',
  'Host: example.org',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: chunked, gzip',
  'Content-Length: 5',
  'Content-Length: -1',
  'Content-Length: 99999999999999999999',
  'Content-Encoding: gzip',
  'Expect: 100-continue',
  'Expect: tea',
  'Upgrade: websocket',
  'Connection: upgrade',
  'Prefer: wait=-1',
  'Prefer: wait=99999999999',
  'Prefer: wait=1',
  'Range: bytes=9-1',
  'If-None-Match: *',
  'Accept: ;;;q=9',
  'Authorization: Bearer x',
  'Authorization: ',
  'Idempotency-Key: ',
  `Idempotency-Key: ${'k'.repeat(300)}`,
  'Dip-Identity: x',
  'Forwarded: for=x',
  'traceparent: 00-x',
  'Origin: http://example.org',
  'Origin: null',
  'Cookie: a=b',
  'no colon',
  ': empty',
  ' folded',
  'X: \0',
];

const bodies = [
  '',
  '{}',
  '[',
  'null',
  '{"specversion":"1.0","id":"1","source":"/s","type":"t","data":1}',
  '{"specversion":"1.0","id":"","source":"/s","type":"t"}',
  '{"specversion":"1.0","id":"1","source":"/s","type":"t","data_base64":"?"}',
  '{"specversion":"1.0","id":"1","source":"/s","type":"t","__proto__":{"a":1}}',
  `${'['.repeat(20_000)}`,
  '5\r\nhello\r\n0\r\n\r\n',
  'zz\r\n',
  '\xff\xfe\0',
  'Dear Sir, my mortgage.',
];
