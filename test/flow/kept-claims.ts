import {createHash} from 'node:crypto';
import path from 'node:path';
import {attribute, type CloudEvent, identity} from '#kit';
import {contentHash} from '../../services/archive/content-hash.ts';
import {listSegments, scanSegment} from '../../services/local/journal/segment.ts';
import type {Archive} from './archive.ts';
import type {Claim} from './claims.ts';
import {type KeptState, keptInFiles} from './kept-state.ts';

/**
 * What has to be true of a data folder whose DIP has ended, beside what its archive says.
 *
 * @param state where its services kept theirs (Default: in the data folder)
 */
export async function keptClaimsOf(
  dataDirectory: string,
  archive: Archive,
  state: KeptState = keptInFiles(dataDirectory),
): Promise<{claims: Claim[]; figures: Record<string, number>}> {
  const journal = await journalOf(path.join(dataDirectory, 'journal'));
  const known = contentsOf(archive);
  const ofState = await stateClaimsOf(state, archive);
  return {
    claims: [
      ...ofState.claims,
      {claim: 'the archive has what the broker took, and nothing else', faults: unlike(journal, known)},
      {claim: 'no id has two contents in the journal', faults: twoContents(journal)},
    ],
    figures: {
      events: journal.length,
      'events that came again': journal.length - new Set(journal.map(nameOf)).size,
      ...ofState.figures,
    },
  };
}

/** What has to be true of what services have kept, whichever broker brought them the events. */
export async function stateClaimsOf(
  state: KeptState,
  archive: Archive,
): Promise<{claims: Claim[]; figures: Record<string, number>}> {
  const replies = await state.replies();
  const blobs = await state.blobs();
  const referred = new Set(archive.facts.flatMap(refsOf));
  return {
    claims: [
      {claim: 'every database is sound', faults: await state.harmed()},
      {
        claim: 'each stored reply is the fact in the archive',
        faults: others(replies, contentsOf(archive), archive),
      },
      {claim: 'what facts refer to is kept', faults: [...referred].filter((ref) => !blobs.has(ref))},
      {claim: 'what is kept is what its name says', faults: await harmedBlobs(state, blobs)},
    ],
    figures: {
      'replies that are kept': replies.length,
      'blobs that no fact refers to': [...blobs].filter((ref) => !referred.has(ref)).length,
    },
  };
}

function contentsOf({facts}: Archive): Map<string, string> {
  return new Map(facts.map((fact) => [nameOf(fact), contentHash(fact)]));
}

/** The events of the broker `default`, as the journal has them. */
async function journalOf(folder: string): Promise<CloudEvent[]> {
  const events: CloudEvent[] = [];
  for (const segment of await listSegments(folder)) {
    await scanSegment(folder, segment, (record) => {
      // The bytes are a part of what was read, which is reused.
      if (record.kind === 'event' && record.broker === 'dip/default')
        events.push({...record.event, data: record.event.data && Buffer.from(record.event.data)});
    });
  }
  return events;
}

/** What was stored a moment before all attempts were over never became a fact: then its document has failed. */
function others(
  replies: readonly CloudEvent[],
  known: ReadonlyMap<string, string>,
  {documents}: Archive,
): string[] {
  const failed = new Set(
    documents.filter(({status}) => status === 'failed').map(({documentId}) => documentId),
  );
  return replies
    .filter((reply) => known.get(nameOf(reply)) !== contentHash(reply))
    .filter((reply) => known.has(nameOf(reply)) || !failed.has(attribute(reply, 'subject') ?? ''))
    .map(nameOf);
}

function unlike(journal: readonly CloudEvent[], known: ReadonlyMap<string, string>): string[] {
  const taken = new Set(journal.map(nameOf));
  const missing = [...taken]
    .filter((name) => !known.has(name))
    .map((name) => `${name} is not in the archive`);
  // The record of a dead letter came by the other broker.
  const strange = [...known.keys()].filter(
    (name) => !taken.has(name) && !name.startsWith('/services/dead-letter '),
  );
  return [...missing, ...strange.map((name) => `${name} is not in the journal`)];
}

function twoContents(journal: readonly CloudEvent[]): string[] {
  const contents = Map.groupBy(journal, nameOf);
  return [...contents]
    .filter(([, same]) => new Set(same.map(contentHash)).size > 1)
    .map(([name, same]) => `${name}: ${same.map(({data}) => data?.toString('utf8')).join(' and ')}`);
}

/** Names end in the beginning of the SHA-256 of the bytes, but for those of attachments. */
async function harmedBlobs(state: KeptState, blobs: ReadonlySet<string>): Promise<string[]> {
  const faults: string[] = [];
  for (const ref of blobs) {
    const named = /\.([0-9a-f]{16})(\.json)?$/.exec(ref)?.[1];
    if (named === undefined) continue;
    const bytes = await state.read(ref);
    if (!createHash('sha256').update(bytes).digest('hex').startsWith(named)) faults.push(ref);
  }
  return faults;
}

/** The blobs that a fact names. */
function refsOf({data}: CloudEvent): string[] {
  const members: unknown = data === null ? null : JSON.parse(data.toString('utf8'));
  return Object.values(members ?? {}).filter(
    (value): value is string => typeof value === 'string' && value.startsWith('documents/'),
  );
}

function nameOf(event: CloudEvent): string {
  const {source, id} = identity(event);
  return `${source} ${id}`;
}
