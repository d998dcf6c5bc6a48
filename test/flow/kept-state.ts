import {existsSync} from 'node:fs';
import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {type CloudEvent, decode} from '#kit';

/** What the services of a DIP that has ended have kept. */
export interface KeptState {
  /** What they have answered, by their own books. */
  replies(): Promise<CloudEvent[]>;
  /** The names of all blobs. */
  blobs(): Promise<Set<string>>;
  read(ref: string): Promise<Buffer>;
  /** Databases that are not sound, with what they say. */
  harmed(): Promise<string[]>;
}

/** The services that answer. */
export const answering = ['ingestion', 'classification', 'routing', 'response'];

/** State in files, as it is on one machine. */
export function keptInFiles(dataDirectory: string): KeptState {
  const databases = path.join(dataDirectory, 'databases');
  const blobs = path.join(dataDirectory, 'blobs');
  return {
    replies: async () => repliesOf(databases),
    blobs: () => namesIn(blobs),
    read: (ref) => readFile(path.join(blobs, ref)),
    harmed: async () => harmedDatabases(databases),
  };
}

/** A stored reply, as it was answered. */
export function replyOf(bytes: Uint8Array): CloudEvent {
  return decode({'content-type': 'application/cloudevents+json'}, Buffer.from(bytes));
}

function repliesOf(folder: string): CloudEvent[] {
  return answering.flatMap((service) => {
    const file = path.join(folder, `${service}.sqlite`);
    if (!existsSync(file)) return [];
    const database = new DatabaseSync(file);
    const rows = database.prepare('select reply from replies where reply is not null').all();
    database.close();
    return rows.flatMap(({reply}) => (reply instanceof Uint8Array ? [replyOf(reply)] : []));
  });
}

async function namesIn(folder: string): Promise<Set<string>> {
  if (!existsSync(folder)) return new Set();
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  return new Set(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  );
}

function harmedDatabases(folder: string): string[] {
  return [...answering, 'archive', 'dead-letter'].flatMap((service) => {
    const file = path.join(folder, `${service}.sqlite`);
    if (!existsSync(file)) return [];
    const database = new DatabaseSync(file);
    const said = Object.values(database.prepare('pragma integrity_check').get() ?? {}).join();
    database.close();
    return said === 'ok' ? [] : [`${service}: ${said}`];
  });
}
