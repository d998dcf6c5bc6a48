/** A service in another language says what a service of the kit would say, and is carried as one. */
import {once} from 'node:events';
import http, {type IncomingMessage} from 'node:http';
import {json} from 'node:stream/consumers';
import {setTimeout as wait} from 'node:timers/promises';
import test from 'ava';
import {documentClassified, documentIngested} from '#events';
import {attribute, type CloudEvent, deriveEventId, event, identity, Type} from '#kit';
import {encodeBinary, toEvent} from '#kit/wire';
import {type Dip, startDip, temporaryFolder} from '../dip-process.ts';
import {documentOf, readArchive, untilQuiet} from '../flow/archive.ts';
import {descendantsOf} from '../flow/descendants.ts';
import {deliver, sameBytes, send} from '../kit/serving.ts';
import {example, hasPython, program} from './python.ts';

const readingEstimated = event('com.dip.reading.estimated', '1.0', {
  description: 'It was estimated how long a document takes to read.',
  schema: Type.Object({documentId: Type.String(), minutes: Type.Integer()}),
  example: {documentId: 'doc-00000000000000000001', minutes: 3},
});

function ingested(attributes: Record<string, string> = {}, characters = 3120): CloudEvent {
  const draft = documentIngested({...documentIngested.example, characters});
  const made = toEvent(draft, {service: 'ingestion', id: '1', time: new Date('2026-01-31T09:00:00Z')});
  return {...made, attributes: {...made.attributes, ...attributes}};
}

test('it says what the kit would say, attribute by attribute, whatever is in them', async (t) => {
  if (!hasPython(t)) return;
  const {url} = await program(t);
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

  for (const attributes of [
    {},
    {id: 'Müller "1" 100 %', source: '/łódź', traceparent, tracestate: 'a=b'},
    {correlationid: 'first', replayid: 'replay-1'},
  ]) {
    const cause = ingested(attributes);
    const {reply} = await deliver(url, cause);

    const draft = readingEstimated({documentId: documentIngested.example.documentId, minutes: 3});
    const expected = toEvent(draft, {
      service: 'reading-time',
      id: deriveEventId(cause, readingEstimated.type),
      time: new Date('2026-01-31T09:00:00Z'),
      cause,
    });
    t.deepEqual(reply?.attributes, expected.attributes);
    t.deepEqual(JSON.parse(String(reply?.data)), draft.data);
  }
});

test('an event that comes again gets the same bytes', async (t) => {
  if (!hasPython(t)) return;
  const {url} = await program(t);

  const first = await deliver(url, ingested());
  await wait(5);

  t.is(first.status, 200);
  t.is(sameBytes(await deliver(url, ingested())), sameBytes(first));
});

test('what can never be taken is a dead letter at once, in a sentence that fits into it', async (t) => {
  if (!hasPython(t)) return;
  const {url} = await program(t);
  const {headers, body} = encodeBinary(ingested());
  const {'content-length': _length, ...unmeasured} = headers;
  const post = (changed: Record<string, string>, bytes: Uint8Array = new Uint8Array(body)) =>
    send(`${url}/events`, {method: 'POST', headers: {...unmeasured, ...changed}, body: Buffer.from(bytes)});
  const classified = encodeBinary(
    toEvent(documentClassified(documentClassified.example), {service: 'x', id: '1', time: undefined}),
  );

  const refused = [
    await post({'ce-type': documentClassified.type}),
    await post({}, Buffer.from('{"documentId": "x", ')),
    await post({}, Buffer.from('{"documentId": "x", "characters": "many"}')),
    await post({}, classified.body),
    await post({}, Buffer.from('[]')),
    await send(`${url}/events`, {method: 'POST', body: 'no event'}),
  ];
  for (const {status, body: answer} of refused) {
    t.is(status, 400);
    t.regex(JSON.parse(answer.toString()).error, /^[A-Z]\w+: /);
    t.true(answer.length < 700);
  }
  t.is((await post({}, Buffer.alloc(1_048_577, ' '))).status, 413);
});

test('an event is taken in chunks, too', async (t) => {
  if (!hasPython(t)) return;
  const {port} = await program(t);
  const {headers, body} = encodeBinary(ingested());
  const {'content-length': _length, ...unmeasured} = headers;

  const request = http.request({
    port,
    host: '127.0.0.1',
    path: '/events',
    method: 'POST',
    headers: unmeasured,
  });
  for (const at of [0, 40]) request.write(body.subarray(at, at === 0 ? 40 : undefined));
  request.end();

  const [answer]: [IncomingMessage] = await once(request, 'response').then(([one]) => [one]);
  t.is(answer.headers['ce-type'], readingEstimated.type);
  t.like(await json(answer), {minutes: 3});
});

test('told to end it ends what it has begun, and with 0', async (t) => {
  if (!hasPython(t)) return;
  const {port, process, ended} = await program(t);
  const {headers, body} = encodeBinary(ingested());
  const request = http.request({port, host: '127.0.0.1', path: '/events', method: 'POST', headers});
  request.write(body.subarray(0, 40));
  // One more that is answered: by then the first is under way.
  await send(`http://127.0.0.1:${port}/readyz`, {});

  process.kill('SIGTERM');
  while (
    await fetch(`http://127.0.0.1:${port}/readyz`).then(
      () => true,
      () => false,
    )
  )
    await wait(5);
  request.end(body.subarray(40));

  const [answer]: [IncomingMessage] = await once(request, 'response').then(([one]) => [one]);
  t.is(answer.statusCode, 200);
  t.is(await ended, 0);
});

test('with its manifests beside DIP’s own its replies are kept, and kill -9 of it loses and doubles none', async (t) => {
  if (!hasPython(t)) return;
  const manifests = ['config/knative', 'triggers', example].flatMap((folder) => ['--manifests', folder]);
  const dip = await startDip(await temporaryFolder(), manifests);
  t.teardown(() => dip.kill());

  const documents = [await submitted(dip)];
  await untilQuiet(dip.url, {limitMs: 60_000});
  const [service] = await programsOf(dip);
  if (service === undefined) throw new Error('The example does not run.');
  // It holds what comes now, until it is killed.
  process.kill(service, 'SIGSTOP');
  documents.push(await submitted(dip), await submitted(dip));
  process.kill(service, 'SIGKILL');
  await untilQuiet(dip.url, {limitMs: 60_000});
  t.false((await programsOf(dip)).includes(service));
  const {facts} = await readArchive(dip.url);
  for (const fact of facts.filter((one) => identity(one).type === documentIngested.type))
    await post(dip, fact);
  await untilQuiet(dip.url, {limitMs: 60_000});

  const archive = await readArchive(dip.url);
  const ofType = (type: string) => archive.facts.filter((fact) => identity(fact).type === type);
  const said = ofType(readingEstimated.type);
  t.deepEqual(said.map((fact) => attribute(fact, 'subject')).toSorted(), documents.toSorted());
  t.deepEqual(archive.alarms, []);
  t.is(ofType(documentIngested.type).length, documents.length);
});

/** A document that has been answered. */
async function submitted({url}: Dip): Promise<string> {
  const answer = await fetch(`${url}/api/ingestion/documents`, {
    method: 'POST',
    headers: {'content-type': 'text/plain'},
    body: 'A debt collector calls me every day about a loan that I paid back a year ago.',
  });
  const {documentId}: {documentId: string} = JSON.parse(await answer.text());
  const {status} = await documentOf(url, documentId, 60);
  if (status !== 'answered') throw new Error(`${documentId} is ${status}.`);
  return documentId;
}

async function programsOf({pid}: Dip): Promise<number[]> {
  const below = await descendantsOf(pid);
  return below.filter(({command}) => /^\S*python\S* \S*service\.py$/i.test(command)).map((one) => one.pid);
}

/** Hands an event that was kept to the broker once more, as it was. */
async function post({url}: Dip, fact: CloudEvent): Promise<void> {
  const {headers, body} = encodeBinary(fact);
  await send(`${url}/dip/default`, {method: 'POST', headers, body: new Uint8Array(body)});
}
