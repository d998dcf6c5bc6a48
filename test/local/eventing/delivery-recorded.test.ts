/** What Knative's own processes did with one subscriber that gives one answer, and what ours does with the same. */
import {existsSync, readFileSync} from 'node:fs';
import type {IncomingMessage, ServerResponse} from 'node:http';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Engine} from '../../../services/local/eventing/engine.ts';
import type {Delivery} from '../../../services/manifests/manifests.ts';
import {skip} from '../../skip.ts';
import {impatientClock} from '../clocks.ts';
import {eventOf} from '../events.ts';
import {brokerOf, delivery, manifestsOf, triggerOf, typesOf} from '../manifests-of.ts';
import {runBroker} from '../running-broker.ts';
import {type Received, subscriber} from '../subscriber.ts';

const recorded = path.join(import.meta.dirname, '../../../../shared/knative/recorded');

interface Row {
  readonly engine: Engine;
  readonly case?: string;
  readonly subscriber?: {
    readonly status?: number;
    readonly headers?: Record<string, string>;
    readonly body?: string;
    readonly reset?: boolean;
    readonly afterMs?: number;
  };
  readonly retry: number;
  readonly backoff?: {readonly policy: Delivery['backoffPolicy']; readonly delay: string} | null;
  readonly attempts: number;
  readonly waitsMs: readonly {readonly formula: number}[];
  readonly followedRedirect?: boolean;
  readonly deadLettered: number;
  readonly deadLetter?: Record<string, string | string[]>;
}

/** All that differs, and why. */
const intended: readonly {engine: Engine; case: string; attribute: string; because: string}[] = [
  {
    engine: 'mt-kafkachannel',
    case: 'reset',
    attribute: 'knativeerrordata',
    because: 'the sentence is that of our HTTP client, not of Go’s',
  },
  {
    engine: 'mt-inmemory',
    case: 'reset',
    attribute: 'knativeerrordata',
    because: 'the sentence is that of our HTTP client, not of Go’s',
  },
];

const channels = {
  'mt-kafkachannel': {class: 'MTChannelBasedBroker', channel: 'KafkaChannel'},
  'mt-inmemory': {class: 'MTChannelBasedBroker', channel: 'InMemoryChannel'},
  kafka: {class: 'Kafka', channel: null},
} as const;

if (existsSync(recorded)) {
  for (const engine of ['mt-kafkachannel', 'mt-inmemory', 'kafka'])
    for (const backoff of ['exponential', 'linear', 'none']) {
      const file = path.join(recorded, `delivery-${engine}-${backoff}.jsonl`);
      if (!existsSync(file)) continue;
      for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
        const row: Row = JSON.parse(line);
        if (row.case !== undefined)
          test.serial(`as ${engine} does, ${backoff}: ${row.case}`, (t) => compare(t, row));
      }
    }
} else {
  test("Knative's recorded deliveries are there to compare with", (t) => {
    skip(t, `Knative's recorded deliveries are not at ${recorded}`);
  });
}

async function compare(t: ExecutionContext, row: Row): Promise<void> {
  const elsewhere = await subscriber(t);
  const tried = await subscriber(t, (request, response) => answer(row, elsewhere.url, {request, response}));
  const letters = await subscriber(t);
  const clock = impatientClock();
  const how: Delivery = {
    ...delivery,
    retry: row.retry,
    backoffPolicy: row.backoff?.policy ?? 'exponential',
    backoffDelayMs: row.backoff ? 200 : null,
    timeoutMs: row.subscriber?.afterMs === undefined ? 30_000 : 100,
    deadLetterSink: {kind: 'uri', uri: letters.url},
  };
  const trigger = triggerOf('tried', tried.url, {delivery: how, filter: typesOf('com.example.case')});
  const manifests = manifestsOf({brokers: [brokerOf(channels[row.engine])], triggers: [trigger]});
  const {eventing, stop} = await runBroker(t, manifests, {clock});

  const event = eventOf('c1', {type: 'com.example.case'});
  await eventing.accept({namespace: 'dip', name: 'default'}, event);
  while (Object.values(eventing.backlog()).some((length) => length > 0))
    await new Promise((resolve) => setTimeout(resolve, 5));
  await stop();

  t.is(tried.received.length, row.attempts, 'attempts');
  t.deepEqual(
    clock.waits,
    row.waitsMs.map(({formula}) => formula),
  );
  t.is(elsewhere.received.length, row.followedRedirect ? 1 : 0, 'redirects followed');
  t.is(letters.received.length, row.deadLettered, 'dead letters');
  const [letter] = letters.received;
  if (letter !== undefined) compareLetter(t, row, letter, tried.url);
}

function compareLetter(t: ExecutionContext, row: Row, letter: Received, subscriberUrl: string): void {
  const {others: _others, ...expected} = row.deadLetter ?? {};
  const ours = attributesOf(letter, subscriberUrl);
  for (const {engine, case: name, attribute} of intended) {
    if (engine !== row.engine || name !== row.case || expected[attribute] === undefined) continue;
    t.true(attribute in ours);
    delete ours[attribute];
    delete expected[attribute];
  }
  t.deepEqual(ours, expected);
  t.is(letter.body.toString(), '{}');
  t.is(letter.headers['ce-id'], 'c1');
}

/** The letter's attributes as the records write them. */
function attributesOf({headers}: Received, subscriberUrl: string): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(headers))
    if (/^(ce-knative(?!arrivaltime)|prefer$|kn-namespace$)/.test(name))
      found[name.replace('ce-', '')] = value;
  if (found['knativeerrordest'] !== undefined)
    found['knativeerrordest'] = String(found['knativeerrordest'])
      .replace(subscriberUrl, '<subscriber>')
      .replace(
        /^http:\/\/broker-filter\.knative-eventing\.svc\.cluster\.local\/triggers\/dip\/tried\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
        '<broker-filter>/triggers/<namespace>/<trigger>/<uid>',
      );
  if (found['knativeerrordata'] !== undefined)
    found['knativeerrordata'] = shown(String(found['knativeerrordata']), subscriberUrl);
  return found;
}

/** The records show data decoded, and long data only in part: its first 80 characters and its length. */
function shown(data: string, subscriberUrl: string): string {
  const decoded = Buffer.from(data, 'base64').toString().replaceAll(subscriberUrl, '<subscriber>');
  return data.length > 600 ? `${decoded.slice(0, 80)}… (${data.length} characters of base64)` : decoded;
}

async function answer(
  {subscriber: how = {}}: Row,
  elsewhere: string,
  {request, response}: {request: IncomingMessage; response: ServerResponse},
): Promise<void> {
  if (how.reset) return void request.socket.destroy();
  // Longer than the trigger waits: the answer never comes.
  if (how.afterMs !== undefined) return;
  const body = (how.body ?? '').replace(/^<(\d+) (\w)>$/, (_, count: string, letter: string) =>
    letter.repeat(Number(count)),
  );
  const headers = Object.fromEntries(
    Object.entries(how.headers ?? {}).map(([name, value]) => [name, value.replace('<elsewhere>', elsewhere)]),
  );
  response.writeHead(how.status ?? 202, headers).end(body);
}
