/** How a document stands, by its facts alone. */
import test from 'ava';
import {
  deadletterKept,
  documentAttached,
  documentClassified,
  documentClosed,
  documentIngested,
  documentReceived,
  documentRejected,
  responseGenerated,
  routingDecided,
  type Status,
} from '#events';
import {attribute, type CloudEvent, type Contract} from '#kit';
import {toEvent} from '#kit/wire';
import {statusOf} from '../../services/archive/document.ts';

const received = fact(documentReceived, 'received');
const rejected = fact(documentRejected, 'rejected', {}, 'received');
const ingested = fact(documentIngested, 'ingested', {}, 'received');
const classified = fact(documentClassified, 'classified', {}, 'ingested');
const closed = fact(documentClosed, 'closed', {}, 'classified');
const attached = fact(documentAttached, 'attached');
const decided = fact(routingDecided, 'decided', {}, 'classified');
const corrected = fact(routingDecided, 'corrected', {correction: 1});
const generated = fact(responseGenerated, 'generated', {}, 'decided');
const answeredAnew = fact(responseGenerated, 'answered anew', {}, 'corrected');

const toIngested = [received, ingested];
const toDecided = [received, ingested, classified, decided];

const claims: [claim: string, facts: CloudEvent[], status: Status | undefined][] = [
  ['nothing about a document is no status', [], undefined],
  ['what came in is in work', [received], 'in-work'],
  ['so is what was routed', toDecided, 'in-work'],
  ['an answer ends it', [...toDecided, generated], 'answered'],
  ['a rejection ends it', [received, rejected], 'rejected'],
  ['that nobody is to be answered ends it', [...toIngested, classified, closed], 'closed'],
  ['a decision for an answer takes it up again', [...toIngested, classified, closed, corrected], 'in-work'],
  [
    'that it ended so overtakes a dead letter before',
    [...toIngested, classified, givenUp(classified, 'routing'), closed],
    'closed',
  ],
  ['what came in another document has ended with that', [attached], 'part'],
  ['a dead letter on the way ends it', [...toIngested, givenUp(ingested, 'classification')], 'failed'],
  ['one of the first step does, too', [received, givenUp(received, 'ingestion')], 'failed'],
  ['one of the last step does, too', [...toDecided, givenUp(decided, 'response')], 'failed'],
  ['one that comes before the fact it is about does', [givenUp(ingested, 'classification')], 'failed'],
  [
    'one whose broker names the trigger alone does',
    [...toIngested, byTrigger(ingested, 'ingested-to-classification')],
    'failed',
  ],
  ['one whose broker names nobody does', [...toIngested, byTrigger(ingested, null)], 'failed'],
  ['one of a counter of pages does not', [...toIngested, givenUp(ingested, 'page-counter')], 'in-work'],
  ['nor by its trigger', [...toIngested, byTrigger(ingested, 'ingested-to-page-counter')], 'in-work'],
  ['nor one of the archive', [received, givenUp(received, 'archive')], 'in-work'],
  ['nor one of the archive by its trigger', [received, byTrigger(received, 'all-to-archive')], 'in-work'],
  ['nor one about an answer', [...toDecided, givenUp(generated, 'mail')], 'in-work'],
  [
    'a step that is gone after all goes on',
    [...toIngested, givenUp(ingested, 'classification'), classified],
    'in-work',
  ],
  ['so it does where nobody was named', [...toIngested, byTrigger(ingested, null), classified], 'in-work'],
  [
    'so it does where a later fact overtook the next',
    [...toIngested, givenUp(ingested, 'classification'), decided],
    'in-work',
  ],
  [
    'an answer after a dead letter is an answer',
    [...toDecided, givenUp(decided, 'response'), generated],
    'answered',
  ],
  ['a correction is in work until it is answered', [...toDecided, generated, corrected], 'in-work'],
  [
    'the dead letter of a correction counts',
    [...toDecided, generated, corrected, givenUp(corrected, 'response')],
    'failed',
  ],
  [
    'that of a decision which was corrected does not',
    [...toDecided, givenUp(decided, 'response'), corrected],
    'in-work',
  ],
  ['a corrected document is answered', [...toDecided, generated, corrected, answeredAnew], 'answered'],
];

for (const [claim, facts, status] of claims) {
  test(claim, (t) => {
    t.is(statusOf(facts), status);
    t.is(statusOf(facts.toReversed()), status, 'in the reverse order');
  });
}

test('a dead letter that was kept by the version before counts by its trigger', (t) => {
  const {service: _later, ...data} = {...deadletterKept.example, trigger: 'ingested-to-page-counter'};
  const letter = toEvent(
    {contract: deadletterKept, data},
    {service: 'dead-letter', id: '1', time: new Date()},
  );
  const before = {
    ...letter,
    attributes: {...letter.attributes, dataschema: 'urn:dip:com.dip.deadletter.kept:1.0'},
  };

  t.is(statusOf([...toIngested, before]), 'in-work');
});

function fact(contract: Contract, id: string, changes: object = {}, cause?: string): CloudEvent {
  const data = {...Object(contract.example), ...changes};
  const event = toEvent({contract, data}, {service: 'test', id, time: new Date('2026-01-31T09:00:00Z')});
  return cause === undefined ? event : {...event, attributes: {...event.attributes, causationid: cause}};
}

/** Kept by a broker that names the service which would not take an event. */
function givenUp(event: CloudEvent, service: string): CloudEvent {
  return letterAbout(event, {service, trigger: null});
}

/** Kept by a broker that names no service. */
function byTrigger(event: CloudEvent, trigger: string | null): CloudEvent {
  return letterAbout(event, {service: null, trigger});
}

function letterAbout(event: CloudEvent, who: {service: string | null; trigger: string | null}): CloudEvent {
  const [type = '', source = '', id = ''] = ['type', 'source', 'id'].map((name) => attribute(event, name));
  return fact(deadletterKept, `letter about ${id}`, {event: {type, source, id}, ...who});
}
