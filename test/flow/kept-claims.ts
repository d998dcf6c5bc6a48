import {createHash} from 'node:crypto';
import {existsSync} from 'node:fs';
import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {type CloudEvent, decode, identity} from '#kit';
import {contentHash} from '../../services/archive/content-hash.ts';
import {listSegments, scanSegment} from '../../services/local/journal/segment.ts';
import type {Archive} from './archive.ts';
import type {Claim} from './claims.ts';

/** What has to be true of a data folder whose DIP has ended, beside what its archive says. */
export async function keptClaimsOf(
  dataDirectory: string,
  archive: Archive,
): Promise<{claims: Claim[]; figures: Record<string, number>}> {
  const journal = await journalOf(path.join(dataDirectory, 'journal'));
  const replies = repliesOf(path.join(dataDirectory, 'databases'));
  const blobs = await blobsOf(path.join(dataDirectory, 'blobs'));
  const known = new Map(archive.facts.map((fact) => [nameOf(fact), contentHash(fact)]));
  const referred = new Set(archive.facts.flatMap(refsOf));
  return {
    claims: [
      {claim: 'every database is sound', faults: harmedDatabases(path.join(dataDirectory, 'databases'))},
      {claim: 'each stored reply is the fact in the archive', faults: others(replies, known)},
      {claim: 'the archive has what the broker took, and nothing else', faults: unlike(journal, known)},
      {claim: 'no id has two contents in the journal', faults: twoContents(journal)},
      {claim: 'what facts refer to is kept', faults: [...referred].filter((ref) => !blobs.has(ref))},
      {claim: 'what is kept is what its name says', faults: await harmedBlobs(dataDirectory, blobs)},
    ],
    figures: {
      events: journal.length,
      'events that came again': journal.length - new Set(journal.map(nameOf)).size,
      'blobs that no fact refers to': [...blobs].filter((ref) => !referred.has(ref)).length,
    },
  };
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

/** What the services have answered, by their own books. */
function repliesOf(folder: string): CloudEvent[] {
  return ['ingestion', 'classification', 'routing', 'response'].flatMap((service) => {
    const file = path.join(folder, `${service}.sqlite`);
    if (!existsSync(file)) return [];
    const database = new DatabaseSync(file);
    const rows = database.prepare('select reply from replies where reply is not null').all();
    database.close();
    return rows.flatMap(({reply}) =>
      reply instanceof Uint8Array
        ? [decode({'content-type': 'application/cloudevents+json'}, Buffer.from(reply))]
        : [],
    );
  });
}

async function blobsOf(folder: string): Promise<Set<string>> {
  if (!existsSync(folder)) return new Set();
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  return new Set(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  );
}

function harmedDatabases(folder: string): string[] {
  return ['ingestion', 'classification', 'routing', 'response', 'archive', 'dead-letter'].flatMap(
    (service) => {
      const file = path.join(folder, `${service}.sqlite`);
      if (!existsSync(file)) return [];
      const database = new DatabaseSync(file);
      const said = Object.values(database.prepare('pragma integrity_check').get() ?? {}).join();
      database.close();
      return said === 'ok' ? [] : [`${service}: ${said}`];
    },
  );
}

function others(replies: readonly CloudEvent[], known: ReadonlyMap<string, string>): string[] {
  return replies.filter((reply) => known.get(nameOf(reply)) !== contentHash(reply)).map(nameOf);
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
async function harmedBlobs(dataDirectory: string, blobs: ReadonlySet<string>): Promise<string[]> {
  const faults: string[] = [];
  for (const ref of blobs) {
    const named = /\.([0-9a-f]{16})(\.json)?$/.exec(ref)?.[1];
    if (named === undefined) continue;
    const bytes = await readFile(path.join(dataDirectory, 'blobs', ref));
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
