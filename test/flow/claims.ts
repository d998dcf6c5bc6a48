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
} from '#events';
import {attribute, type CloudEvent, dataAs, identity} from '#kit';
import type {Archive} from './archive.ts';
import type {Receipt} from './post-office.ts';

/** A sentence that has to be true, and all that speaks against it. */
export interface Claim {
  readonly claim: string;
  readonly faults: readonly string[];
}

/** What has to be true of the archive when the letters of these receipts have gone through. */
export function claimsOf(
  receipts: readonly Receipt[],
  archive: Archive,
  {mayFail = false}: {mayFail?: boolean} = {},
): Claim[] {
  const byDocument = factsByDocument(archive);
  return [
    {claim: 'every accepted document ended as it should', faults: wrongEndings(receipts, archive, mayFail)},
    {
      claim: 'every accepted document holds the bytes that were sent',
      faults: lostBytes(receipts, byDocument),
    },
    {claim: 'a key is one document', faults: brokenKeys(receipts)},
    {claim: 'there is no document that nobody sent', faults: strangers(receipts, archive)},
    {claim: 'each fact is in the archive once', faults: repeated(archive)},
    {claim: 'no id came with two contents', faults: archive.alarms},
    {claim: 'the facts of each document are one chain', faults: brokenChains(archive, byDocument, mayFail)},
    {claim: 'every attachment is a document', faults: lostAttachments(archive, byDocument)},
    {claim: 'all services say the same of a document', faults: contradictions(byDocument)},
  ];
}

type FactsByDocument = ReadonlyMap<string, readonly CloudEvent[]>;

function factsByDocument({facts}: Archive): FactsByDocument {
  return Map.groupBy(facts, (fact) => attribute(fact, 'subject') ?? '');
}

/** @param mayFail where a document may also end with a dead letter that says why */
function wrongEndings(receipts: readonly Receipt[], {documents}: Archive, mayFail: boolean): string[] {
  const known = new Map(documents.map((document) => [document.documentId, document]));
  return receipts.flatMap(({letter, documentIds: [documentId]}) => {
    if (documentId === undefined) return [];
    const {status, deadLetter} = known.get(documentId) ?? {status: 'unknown', deadLetter: null};
    if (status === letter.ending) return [];
    if (mayFail && status === 'failed' && deadLetter?.message) return [];
    return [`${documentId} (${letter.filename}) is ${status}`];
  });
}

function lostBytes(receipts: readonly Receipt[], byDocument: FactsByDocument): string[] {
  return receipts.flatMap(({letter, documentIds: [documentId]}) => {
    if (documentId === undefined) return [];
    const received = byDocument.get(documentId)?.find((fact) => isA(fact, documentReceived.type));
    const sha256 = received && dataAs(received, documentReceived).sha256;
    return sha256 === letter.sha256 ? [] : [`${documentId} (${letter.filename}) has SHA-256 ${sha256}`];
  });
}

function brokenKeys(receipts: readonly Receipt[]): string[] {
  const owners = new Map<string, string>();
  return receipts.flatMap(({letter, documentIds}) => {
    const ids = new Set(documentIds);
    const faults = ids.size > 1 ? [`${letter.key} became ${[...ids].join(' and ')}`] : [];
    for (const id of ids) {
      const owner = owners.get(id);
      if (owner !== undefined) faults.push(`${id} is both ${owner} and ${letter.filename}`);
      owners.set(id, letter.filename);
    }
    return faults;
  });
}

/** A letter whose connection broke may have become a document or not; there are no more than such letters. */
function strangers(receipts: readonly Receipt[], {documents}: Archive): string[] {
  const known = new Set(receipts.flatMap(({documentIds}) => documentIds));
  const broken = receipts.filter(({documentIds}) => documentIds.length === 0).length;
  const unknown = documents.filter(({documentId, parent}) => parent === null && !known.has(documentId));
  if (unknown.length <= broken) return [];
  return [
    `${unknown.length} documents that nobody was told of, and ${broken} letters whose connection broke`,
  ];
}

function repeated({facts}: Archive): string[] {
  const byIdentity = Map.groupBy(facts, nameOf);
  return [...byIdentity].filter(([, same]) => same.length > 1).map(([name]) => name);
}

const chains: Record<string, readonly string[]> = {
  answered: [
    documentReceived.type,
    documentIngested.type,
    documentClassified.type,
    routingDecided.type,
    responseGenerated.type,
  ],
  closed: [documentReceived.type, documentIngested.type, documentClassified.type, documentClosed.type],
  rejected: [documentReceived.type, documentRejected.type],
  part: [documentAttached.type],
};

/** What is said of a document on its way; others may say more of it beside the way. */
const onTheWay: ReadonlySet<string> = new Set([...Object.values(chains).flat(), deadletterKept.type]);

/**
 * A document has exactly the facts that its ending asks for, each caused by the one before.
 *
 * @param mayFail where an event may have been given up and, sent once more by its sender, been taken after all
 */
function brokenChains({documents}: Archive, byDocument: FactsByDocument, mayFail: boolean): string[] {
  return documents.flatMap(({documentId, status}) => {
    if (status === 'failed') return [];
    const types = chains[status] ?? [];
    const all = (byDocument.get(documentId) ?? []).filter((fact) => onTheWay.has(identity(fact).type));
    const facts = mayFail ? all.filter((fact) => !isA(fact, deadletterKept.type)) : all;
    const said = facts.map((fact) => identity(fact).type);
    if (types.length === 0 || said.length !== types.length)
      return [`${documentId} is ${status} by ${said.length} facts: ${said.join(', ')}`];
    const chain = types.map((type) => facts.find((fact) => isA(fact, type)));
    const isWhole = chain.every(
      (fact, index) =>
        fact !== undefined &&
        (index === 0 || attribute(fact, 'causationid') === chain[index - 1]?.attributes['id']),
    );
    return isWhole ? [] : [`${documentId} is ${status}, and its facts don't follow from each other`];
  });
}

function lostAttachments({documents}: Archive, byDocument: FactsByDocument): string[] {
  const parents = new Map(documents.map(({documentId, parent}) => [documentId, parent]));
  return [...byDocument].flatMap(([documentId, facts]) => {
    const ingested = facts.find((fact) => isA(fact, documentIngested.type));
    if (ingested === undefined || facts.some((fact) => isA(fact, deadletterKept.type))) return [];
    const {attachments} = dataAs(ingested, documentIngested);
    return attachments
      .filter((attachment) => parents.get(attachment) !== documentId)
      .map((attachment) => `${attachment} of ${documentId}`);
  });
}

/** What classification said, routing repeats, and the letter is the one that routing asked for. */
function contradictions(byDocument: FactsByDocument): string[] {
  return [...byDocument].flatMap(([documentId, facts]) => {
    const classified = facts.find((fact) => isA(fact, documentClassified.type));
    const decided = facts.find((fact) => isA(fact, routingDecided.type));
    const generated = facts.find((fact) => isA(fact, responseGenerated.type));
    if (classified === undefined || decided === undefined || generated === undefined) return [];
    const {category} = dataAs(classified, documentClassified);
    const {category: routed, template} = dataAs(decided, routingDecided);
    const letter = dataAs(generated, responseGenerated).generator.template;
    // A letter in another language than English says so behind its name.
    if (category === routed && template === letter.split('.')[0]) return [];
    return [
      `${documentId} is ${category}, was routed as ${routed}, with letter ${template} and got ${letter}`,
    ];
  });
}

function isA(fact: CloudEvent, type: string): boolean {
  return identity(fact).type === type;
}

function nameOf(fact: CloudEvent): string {
  const {source, id} = identity(fact);
  return `${source} ${id}`;
}
