/** The archive itself, behind an address that `dip` asks: what it shows is made of facts, as ever. */
import type {ExecutionContext} from 'ava';
import {
  deadletterKept,
  documentClassified,
  documentIngested,
  documentReceived,
  documentRejected,
  responseGenerated,
  routingDecided,
} from '#events';
import type {CloudEvent, Contract} from '#kit';
import {openBlobs, toEvent} from '#kit/wire';
import service from '../../services/archive/service.ts';
import {deliver, serving} from '../kit/serving.ts';
import {type Answer, type Arrived, type StandIn, standIn} from './stand-in.ts';

export interface ArchiveUnderTest extends StandIn {
  /** Has the archive hear of facts, in their order. */
  hear(...facts: readonly CloudEvent[]): Promise<void>;
  /** Keeps words that facts name. */
  keep(words: Readonly<Record<string, unknown>>): Promise<void>;
}

/**
 * An archive that runs. `dip` reaches it as by the way in, at `/api/archive`.
 *
 * @param others answers what is for others than the archive
 */
export async function runArchive(
  t: ExecutionContext,
  others: (request: Arrived) => Answer | Promise<Answer> = () => ({status: 404}),
): Promise<ArchiveUnderTest> {
  const {url, config, ask} = await serving(t, service);
  const blobs = await openBlobs(config);
  const way = await standIn(t, async (request) => {
    const [, path] = /^GET \/api\/archive(\/.*)$/.exec(request.line) ?? [];
    if (path === undefined) return others(request);
    const {prefer} = request.headers;
    const answer = await ask(path, typeof prefer === 'string' ? {headers: {prefer}} : {});
    return {status: answer.status, json: JSON.parse(answer.body.toString('utf8'))};
  });
  return {
    ...way,
    async hear(...facts) {
      for (const fact of facts) {
        const {status} = await deliver(url, fact);
        t.is(status, 204);
      }
    },
    async keep(words) {
      for (const [ref, value] of Object.entries(words))
        await blobs.write(ref, Buffer.from(JSON.stringify(value)));
    },
  };
}

/** A letter's way, by the examples of the contracts: `doc-00000000000000000001`, a fact each second from nine. */
export const way = {
  received: fact(documentReceived, 0),
  ingested: fact(documentIngested, 1),
  classified: fact(documentClassified, 2),
  decided: fact(routingDecided, 3),
  generated: fact(responseGenerated, 4, routingDecided),
  rejected: fact(documentRejected, 4),
  givenUp: fact(deadletterKept, 4),
} as const;

export const answeredFacts = [way.received, way.ingested, way.classified, way.decided, way.generated];

/** The same facts about another document. */
export function about(documentId: string, facts: readonly CloudEvent[]): CloudEvent[] {
  return facts.map(({attributes: {causationid, ...attributes}, data}) => ({
    attributes: {
      ...attributes,
      ...(causationid === undefined ? {} : {causationid: `${causationid} ${documentId}`}),
      id: `${attributes['id']} ${documentId}`,
      subject: documentId,
      partitionkey: documentId,
    },
    data: Buffer.from(String(data).replaceAll(documentReceived.example.documentId, documentId)),
  }));
}

/** The words that the examples name. */
export const words: Readonly<Record<string, unknown>> = {
  [documentReceived.example.envelope ?? '']: {
    filename: 'letter.pdf',
    contentType: 'application/pdf',
    metadata: {channel: 'post'},
  },
  [documentIngested.example.content]: {
    filename: 'letter.pdf',
    title: 'My mortgage',
    sender: {name: 'Ada Lovelace', address: 'ada@example.com'},
    text: 'About my escrow.',
  },
  [documentClassified.example.explanation ?? '']: {
    category: 'mortgage',
    against: 'consumer_loan',
    terms: [{term: 'escrow', weight: 1.5}],
  },
  [responseGenerated.example.draft]: {subject: 'Your mortgage', body: 'Dear Ada,\nthank you.', fields: []},
  [deadletterKept.example.cause ?? '']: {
    destination: 'http://classification.dip.svc.cluster.local/events',
    message: 'The model is missing.',
  },
};

function fact(contract: Contract, second: number, cause?: Contract): CloudEvent {
  const [, , domain = '', action = ''] = contract.type.split('.');
  const time = new Date(Date.UTC(2026, 0, 15, 9, 0, second));
  const event = toEvent({contract, data: contract.example}, {service: domain, id: `${action}-1`, time});
  const causationid = cause === undefined ? undefined : `${cause.type.split('.')[3]}-1`;
  return causationid === undefined ? event : {...event, attributes: {...event.attributes, causationid}};
}
