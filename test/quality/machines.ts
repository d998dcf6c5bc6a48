import {readFileSync} from 'node:fs';
import path from 'node:path';
import {read} from '../../services/ingestion/extract/read.ts';
import {type Figure, share} from './figure.ts';

const folder = path.join(import.meta.dirname, '../documents/machines');

/** Mails that machines wrote, and mails of people that look like these. */
export async function machines(): Promise<Figure[]> {
  const rows = readFileSync(path.join(folder, 'MANIFEST.tsv'), 'utf8').trim().split('\n').slice(1);
  const found = await Promise.all(
    rows.map(async (row) => {
      const [file = '', reason = ''] = row.split('\t');
      const mail = await read(readFileSync(path.join(folder, file)), {filename: file, contentType: null});
      return {
        expected: reason === '-' ? null : reason,
        said: mail.outcome === 'ingested' ? mail.machine : 'rejected',
      };
    }),
  );
  const [persons, written] = [
    found.filter(({expected}) => expected === null),
    found.filter(({expected}) => expected !== null),
  ];
  return [
    share(
      'mails of machines that are closed',
      {hits: written.filter(({said}) => said !== null).length, of: written.length},
      {least: 0.97},
    ),
    share(
      'of these by their kind',
      {hits: written.filter(({said, expected}) => said === expected).length, of: written.length},
      {least: 0.95},
    ),
    share(
      'mails of people that are closed',
      {hits: persons.filter(({said}) => said !== null).length, of: persons.length},
      {most: 0.03},
    ),
  ];
}
