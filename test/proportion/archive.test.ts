/** A document of very many facts costs the archive no more than in proportion to them. */
import test from 'ava';
import {documentReceived} from '#events';
import type {CloudEvent} from '#kit';
import {readConfig, toEvent} from '#kit/wire';
import {keep} from '../../services/archive/keep.ts';
import {announcer} from '../../services/archive/kept.ts';
import {type ArchiveTables, archiveTables} from '../../services/archive/tables.ts';
import {openDatabase} from '../../services/kit/database/open-database.ts';
import {folder} from '../kit/serving.ts';
import {growth} from './cost.ts';

const documentId = 'doc-00000000000000000001';
const kinds: Readonly<Record<string, (number: number) => CloudEvent>> = {
  'of no kind that counts': (number) => ({
    attributes: {specversion: '1.0', id: `${number}`, source: '/t', type: 'com.t.q', subject: documentId},
    data: null,
  }),
  'of a kind that counts': (number) =>
    toEvent(
      {contract: documentReceived, data: {...documentReceived.example, documentId}},
      {service: 'test', id: `${number}`, time: new Date()},
    ),
};

for (const [kind, make] of Object.entries(kinds))
  test.serial(`twice of it costs twice as much: facts ${kind} about one document`, async (t) => {
    const run = async (events: readonly CloudEvent[]) => {
      const config = {...readConfig({}), dataDirectory: folder(t)};
      const database = await openDatabase<ArchiveTables>(config, 'archive', archiveTables);
      const kept = announcer();
      for (const event of events)
        await database
          .transaction()
          .execute((transaction) =>
            keep(event, transaction, {after: () => undefined, log: () => undefined, kept}),
          );
      await database.destroy();
    };
    const size = kind.startsWith('of no') ? 1_000 : 300;
    const times = await growth(
      size,
      (count) => Array.from({length: count}, (_, number) => make(number)),
      run,
    );
    t.true(times <= 2.6, `${times.toFixed(2)} times the time for twice the size`);
  });
