import {type Extractor, extractor} from './extract/extract.ts';
import type {ReadDocument} from './read-document.ts';
import {Room} from './room.ts';
import {Turns} from './turns/turns.ts';

/** What ingestion opens when it starts. */
export interface OpenIngestion {
  extractor: Extractor;
  /** Of documents, at the one reader. */
  turns: Turns<ReadDocument>;
  /** For what arrives at the front door. */
  room: Room;
}

/** Opens the reader, whose thread starts while the first document is on its way: what fails here fails there again. */
export async function openIngestion(): Promise<OpenIngestion> {
  const opened = {extractor: extractor(), turns: new Turns<ReadDocument>(), room: new Room()};
  void opened.extractor.warm().catch(() => {});
  return opened;
}
