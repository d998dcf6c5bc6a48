import {startDip} from '../dip-process.ts';
import {readArchive, untilQuiet} from './archive.ts';
import {claimsOf} from './claims.ts';
import {keptClaimsOf} from './kept-claims.ts';
import {letters} from './letters.ts';
import {send} from './post-office.ts';
import type {Trial, Verdict} from './verdict.ts';

export interface BurstOptions {
  /** All sent at once, while no service runs yet. */
  readonly documents: number;
  readonly seed: number;
}

/** Hands in many documents at once to a DIP whose services are all at zero. */
export async function takesBurst(
  {documents, seed}: BurstOptions,
  {folder, atEnd, say}: Trial,
): Promise<Verdict> {
  const dip = await startDip(folder);
  atEnd(() => dip.kill());
  const all = await letters(documents, seed);

  const begin = performance.now();
  const receipts = await send(all, {url: async () => dip.url, writers: documents});
  const acceptedMs = performance.now() - begin;
  say(`${documents} documents were accepted in ${Math.round(acceptedMs)} ms`);
  await untilQuiet(dip.url);
  const seconds = (performance.now() - begin) / 1000;
  const archive = await readArchive(dip.url);
  await dip.stop();
  const kept = await keptClaimsOf(folder, archive);
  const refused = receipts.filter(({documentIds}) => documentIds.length === 0);
  return {
    claims: [
      {claim: 'every document is accepted', faults: refused.map(({letter}) => letter.filename)},
      ...claimsOf(receipts, archive),
      ...kept.claims,
    ],
    figures: {
      'documents sent': documents,
      'documents kept, attachments too': archive.documents.length,
      'all accepted after (ms)': Math.round(acceptedMs),
      seconds: Math.round(10 * seconds) / 10,
      'documents a second': Math.round((10 * archive.documents.length) / seconds) / 10,
      ...kept.figures,
    },
  };
}
