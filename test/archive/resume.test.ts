/** Documents that are stuck in work are let go on, on every kind of database. */
import test, {type ExecutionContext} from 'ava';
import {
  deadletterKept,
  documentClassified,
  documentIngested,
  documentReceived,
  documentResumed,
  documentsShown,
  responseGenerated,
  resumption,
  routingDecided,
} from '#events';
import {type CloudEvent, type Draft, encodeStructured} from '#kit';
import {toEvent} from '#kit/wire';
import {openEnds} from '../../services/archive/open-ends.ts';
import archive from '../../services/archive/service.ts';
import {broker, deliver, operator, type Running, serving} from '../kit/serving.ts';
import {shown} from '../kit/shown.ts';
import {databases} from '../state/databases.ts';

const {documentId} = documentReceived.example;
const resume = {method: 'POST'};

function fact(
  draft: Draft,
  id: string,
  {cause, time = new Date()}: {cause?: CloudEvent; time?: Date} = {},
): CloudEvent {
  const causing = cause === undefined ? {} : {cause};
  return toEvent(draft, {service: 'tests', id, time, ...causing});
}

/** The facts of a document's whole way, each caused by the one before. */
function chain(time = new Date()): CloudEvent[] {
  const drafts: Draft[] = [
    documentReceived(documentReceived.example),
    documentIngested({...documentIngested.example, documentId}),
    documentClassified({...documentClassified.example, documentId}),
    routingDecided({...routingDecided.example, documentId}),
    responseGenerated({...responseGenerated.example, documentId}),
  ];
  const facts: CloudEvent[] = [];
  for (const [index, draft] of drafts.entries()) {
    const cause = facts.at(-1);
    facts.push(fact(draft, `fact-${index}`, {time, ...(cause && {cause})}));
  }
  return facts;
}

const idsOf = (facts: readonly CloudEvent[]) => facts.map(({attributes}) => attributes['id']);
const bytesOf = (event: CloudEvent | undefined) => event && encodeStructured(event).body.toString();

async function keep({url}: Running, facts: readonly CloudEvent[]): Promise<void> {
  for (const one of facts) await deliver(url, one);
}

test('a way breaks off at the fact that nothing follows from, wherever that is', (t) => {
  const facts = chain();

  for (const length of [1, 2, 3, 4])
    t.deepEqual(idsOf(openEnds(facts.slice(0, length))), [`fact-${length - 1}`]);
});

test('where a fact in the middle has not arrived, the way breaks off before it, too', (t) => {
  const facts = chain().slice(0, 4);

  t.deepEqual(idsOf(openEnds(facts.filter((_, index) => index !== 1))), ['fact-0', 'fact-3']);
});

test('a dead letter, or what somebody beside the way says, follows from nothing', (t) => {
  const [received] = chain();
  const letter = fact(deadletterKept({...deadletterKept.example, documentId}), 'letter', {
    ...(received && {cause: received}),
  });

  t.deepEqual(idsOf(openEnds(received ? [received, letter] : [])), ['fact-0']);
});

test('where every fact is followed and the document yet in work, all facts of the way are open', (t) => {
  const facts = chain();
  const broken = facts.map((one, index) => (index === 4 ? {...one, data: Buffer.from('{}')} : one));

  t.is(openEnds(broken).length, 4);
});

for (const {name, empty} of databases()) {
  const start = async (t: ExecutionContext) => {
    const {url: sink, taken} = await broker(t);
    return {taken, ...(await serving(t, archive, {...(await empty(t)), sink}))};
  };

  test(`${name}: what is resumed is a fact by whom, and hearing it the archive publishes what the way breaks off at`, async (t) => {
    const running = await start(t);
    const [received, ingested] = chain();
    await keep(
      running,
      [received, ingested].filter((one) => one !== undefined),
    );

    const answer = await running.ask(`/documents/${documentId}/resume`, resume, {
      name: 'ann',
      role: 'operate',
    });
    const [said] = running.taken;
    const heard = said && (await deliver(running.url, said));

    t.is(answer.status, 202);
    t.like(shown(t, resumption, answer), {documentId, by: 'ann', facts: 1});
    t.like(JSON.parse(String(said?.data)), {documentId, by: 'ann', facts: 1});
    t.is(said?.attributes['correlationid'], 'fact-0');
    t.is(heard?.status, 204);
    t.deepEqual(running.taken, [said, ingested]);
  });

  test(`${name}: two people at once resume a document once, and nobody does again within the limit`, async (t) => {
    const running = await start(t);
    await keep(running, chain().slice(0, 1));

    const both = await Promise.all(
      ['ann', 'bob'].map((who) =>
        running.ask(`/documents/${documentId}/resume`, resume, {...operator, name: who}),
      ),
    );
    const later = await running.ask(`/documents/${documentId}/resume`, resume);

    t.is(new Set(running.taken.map(bytesOf)).size, 1);
    t.true(both.some(({status}) => status === 202));
    t.true(both.every(({status}) => [202, 409].includes(status)));
    t.is(later.status, 409);
    t.regex(later.body.toString(), /was resumed at/);
  });

  test(`${name}: what is not in work, is unknown or is too old is not resumed, and that is said`, async (t) => {
    const running = await start(t);
    await keep(running, chain());
    const old = 'doc-00000000000000000009';
    const longAgo = new Date(Date.now() - 31 * 86_400_000);
    await keep(running, [
      fact(documentReceived({...documentReceived.example, documentId: old}), 'old', {time: longAgo}),
    ]);
    const answers = await Promise.all(
      [documentId, 'doc-00000000000000000002', old].map((id) =>
        running.ask(`/documents/${id}/resume`, resume),
      ),
    );

    t.deepEqual(
      answers.map(({status}) => status),
      [409, 404, 409],
    );
    t.regex(String(answers[0]?.body), /is answered: only what is in work/);
    t.regex(String(answers[2]?.body), /Send the document in anew/);
    t.deepEqual(running.taken, []);
  });

  test(`${name}: what went on before the archive heard of it is not published again`, async (t) => {
    const running = await start(t);
    const facts = chain();
    await keep(running, facts.slice(0, 4));
    await running.ask(`/documents/${documentId}/resume`, resume);
    const [said] = running.taken;
    await keep(running, facts.slice(4));

    await deliver(running.url, said ?? fact(documentResumed(documentResumed.example), 'none'));

    t.is(running.taken.length, 1);
  });

  test(`${name}: those in work for long are listed, and no others`, async (t) => {
    const running = await start(t);
    await keep(running, chain().slice(0, 2));
    const list = async (seconds: string) =>
      shown(t, documentsShown, await running.ask(`/documents?inWorkLongerThan=${seconds}`)).documents;

    t.deepEqual(
      (await list('0')).map((one) => one.documentId),
      [documentId],
    );
    t.deepEqual(await list('900'), []);
    await keep(running, chain().slice(2));
    t.deepEqual(await list('0'), []);
    t.is((await running.ask('/documents?inWorkLongerThan=soon')).status, 400);
  });
}
