import {once} from 'node:events';
import {connect} from 'node:net';
import test from 'ava';
import {service} from '#kit';
import {encodeBinary, largestEventBytes} from '#kit/wire';
import {letterAnswered, letterWritten} from '../letters.ts';
import {deliver, letter, sameBytes, serving} from '../serving.ts';

/** A service whose handler waits until it is let go. */
function waiting() {
  const begun = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  const counts = {handled: 0};
  const waitingService = service({
    name: 'waiting',
    receives: letterWritten,
    replies: [letterAnswered],
    async handle({data: {documentId}}) {
      counts.handled += 1;
      begun.resolve();
      await letGo.promise;
      return letterAnswered({documentId, answer: `${counts.handled}`});
    },
  });
  return {service: waitingService, begun: begun.promise, letGo: letGo.resolve, counts};
}

test('a sender that breaks off in the middle of an event is not a bug, and harms nobody', async (t) => {
  const {service: slow, letGo, counts} = waiting();
  letGo();
  const {url, lines, stop} = await serving(t, slow);

  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(head('content-length: 100'));
  socket.write('{"half":', () => socket.destroy());
  await once(socket, 'close');
  const answer = await deliver(url, letter('1'));
  await stop();

  t.is(answer.status, 200);
  t.is(counts.handled, 1);
  t.false(lines.some((line) => line.includes('"level":"error"')));
});

test('an event whose sender is gone before the reply is handled once, and the next sender gets the reply', async (t) => {
  const {service: slow, begun, letGo, counts} = waiting();
  const {url} = await serving(t, slow);
  const {headers, body} = encodeBinary(letter('1'));
  const leaving = new AbortController();

  const request = fetch(`${url}/events`, {
    method: 'POST',
    headers,
    body: new Uint8Array(body),
    signal: leaving.signal,
  });
  await begun;
  leaving.abort();
  await t.throwsAsync(request);
  letGo();
  const first = await deliver(url, letter('1'));
  const second = await deliver(url, letter('1'));

  t.is(first.status, 200);
  t.is(sameBytes(second), sameBytes(first));
  t.true(counts.handled <= 2);
});

test('a sender that does not say how much it sends still hears that it is too much', async (t) => {
  const {url} = await serving(t, waiting().service);

  const socket = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('utf8');
  t.teardown(() => socket.destroy());
  const chunk = (length: number) => `${length.toString(16)}\r\n${'x'.repeat(length)}\r\n`;
  socket.write(`${head('transfer-encoding: chunked')}${chunk(largestEventBytes + 1)}`);
  const [refused] = await once(socket, 'data');
  socket.write(`${chunk(largestEventBytes)}${chunk(0)}GET /healthz HTTP/1.1\r\nhost: here\r\n\r\n`);
  const [next] = await once(socket, 'data');

  t.regex(String(refused), /^HTTP\/1\.1 413 /);
  t.regex(String(next), /^HTTP\/1\.1 200 /, 'the connection is still of use');
});

function head(framing: string): string {
  const lines = ['POST /events HTTP/1.1', 'host: here', 'content-type: application/json', framing];
  for (const [name, value] of Object.entries(encodeBinary(letter('broken')).headers))
    if (name.startsWith('ce-')) lines.push(`${name}: ${value}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}
