import type {Config} from '#kit';
import {type Organization, readOwnOrganization} from '#settings';
import {type Extractor, extractor} from './extract/extract.ts';
import type {ReadDocument} from './read-document.ts';
import {Room} from './room.ts';
import {Latest} from './turns/latest.ts';
import {Turns} from './turns/turns.ts';

/** What ingestion opens when it starts. */
export interface OpenIngestion {
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

/** Opens the reader, whose thread starts while the first document is on its way: what fails here fails there again. */
export async function openIngestion({
  config,
}: {
  config: Pick<Config, 'isOnKubernetes' | 'settingsDirectory'>;
}): Promise<OpenIngestion> {
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
