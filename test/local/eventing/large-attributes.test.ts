/** Attributes travel in heads: those that a broker takes reach whoever hears the event, and others are refused. */
import {createServer} from 'node:http';
import test from 'ava';
import {factsShown} from '#events';
import archive from '../../../services/archive/service.ts';
import {deliver, serving} from '../../kit/serving.ts';
import {shown} from '../../kit/shown.ts';
import {sendAll} from '../../kit/slow-sender.ts';
import {manifestsOf, triggerOf} from '../manifests-of.ts';
import {runBroker} from '../running-broker.ts';

const eventOf = (note: string) => ({
  specversion: '1.0',
  id: `note-${note.length}`,
  source: '/t',
  type: 'com.t.note',
  note,
});

test('an event with many kilobytes of attributes is handed on whole, and one with too many is refused', async (t) => {
  const heard: string[] = [];
  const waiting = Promise.withResolvers<void>();
  const server = createServer({maxHeaderSize: 1_048_576}, (request, response) => {
    heard.push(String(request.headers['ce-note']));
    response.writeHead(202).end();
    if (heard.length === 2) waiting.resolve();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const uri = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const {url} = await runBroker(t, manifestsOf({triggers: [triggerOf('notes', uri)]}));
  const post = (note: string) =>
    fetch(`${url}/dip/default`, {
      method: 'POST',
      headers: {'content-type': 'application/cloudevents+json'},
      body: JSON.stringify(eventOf(note)),
    });

  const statuses = [];
  for (const bytes of [17_000, 200_000, 300_000]) statuses.push((await post('x'.repeat(bytes))).status);
  const percents = await post('\u20ac'.repeat(60_000));
  await waiting.promise;

  t.deepEqual(statuses, [202, 202, 400]);
  t.is(percents.status, 400);
  t.regex(await percents.text(), /at most 262144 bytes as headers, got 5400\d\d/);
  t.deepEqual(
    heard.map(({length}) => length),
    [17_000, 200_000],
  );
});

test('a service takes an event with many kilobytes of attributes', async (t) => {
  const {url, ask} = await serving(t, archive);
  const {specversion, id, source, type, note} = eventOf('x'.repeat(300_000));

  const answer = await deliver(url, {attributes: {specversion, id, source, type, note}, data: null});

  t.is(answer.status, 204);
  const {facts} = shown(t, factsShown, await ask('/facts'));
  t.is(JSON.stringify(facts[0]?.event).includes(note), true);
});

test('who sends an event that is too large sees why, though they want the connection closed', async (t) => {
  const {url} = await runBroker(t, manifestsOf({triggers: []}));

  const {answer, broke} = await sendAll(String(url), {path: '/dip/default', length: 5_000_000});

  t.regex(answer, /^HTTP\/1\.1 413 .*Expected an event of at most/s);
  t.is(broke, null);
});
