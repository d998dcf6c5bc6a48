import type {Config, State} from '#kit';
import {type Organization, readOwnOrganization} from '#settings';
import {type Extractor, extractor} from './extract/extract.ts';
import {keyedHashes} from './links/keyed.ts';
import {type Comparing, comparing} from './links/likeness.ts';
import type {ReadDocument} from './read-document.ts';
import {Room} from './room.ts';
import type {IngestionTables} from './tables.ts';
import {Latest} from './turns/latest.ts';
import {Turns} from './turns/turns.ts';

/** What documents are read with. */
export interface OpenReading {
  extractor: Extractor;
  /** Of documents, at the one reader. */
  turns: Turns<ReadDocument>;
  /** Whether bytes are fetched before their turn has come: from a server that takes longer than from a disk. */
  readsAhead: boolean;
  /** Milliseconds that reading has taken of a mail with everything in it, by the document that was handed in. */
  spent: Latest<number>;
  /** For what arrives at the front door. */
  room: Room;
  organization: Organization;
}

/** What ingestion opens when it starts. */
export interface OpenIngestion extends OpenReading {
  /** With what documents are compared. */
  comparing: Comparing;
}

/** Opens all that ingestion works with. */
export async function openIngestion({
  config,
  database,
}: Pick<State<IngestionTables>, 'config' | 'database'>): Promise<OpenIngestion> {
  return {...(await openReading({config})), comparing: comparing(await keyedHashes(database))};
}

/** Opens the reader, whose thread starts while the first document is on its way: what fails here fails there again. */
export async function openReading({
  config,
}: {
  config: Pick<Config, 'isOnKubernetes' | 'settingsDirectory'>;
}): Promise<OpenReading> {
  const organization = await readOwnOrganization(config);
  const opened = {
    extractor: extractor(),
    // On a cluster each attempt counts, however it ends, and what waits here is what more pods are started for.
    turns: new Turns<ReadDocument>(config.isOnKubernetes ? {} : {mostHere: 8}),
    readsAhead: config.isOnKubernetes,
    spent: new Latest<number>(10_000),
    room: new Room(),
    organization,
  };
  void opened.extractor.warm().catch(() => {});
  return opened;
}
