import path from 'node:path';
import {documentIngested} from '#events';
import {startDip} from '../dip-process.ts';
import {documentOf, readArchive, type ShownDocument, untilQuiet} from './archive.ts';
import {type Claim, claimsOf} from './claims.ts';
import {letters} from './letters.ts';
import {changedManifests} from './manifests.ts';
import {send} from './post-office.ts';
import type {Trial, Verdict} from './verdict.ts';

/** Attempts last 6.2 s in all: 0.2, 0.4 … 3.2 s are waited between them. */
const delivery = {retry: 5, backoffPolicy: 'exponential', backoffDelay: 'PT0.1S'};

const broken = 'doc-poison-broken-data-00';
const missing = 'doc-poison-missing-blob-00';

/** Posts events that no service can take, and letters behind them. */
export async function survivesPoison(
  {documents, seed}: {documents: number; seed: number},
  {folder, atEnd, say}: Trial,
): Promise<Verdict> {
  const manifests = await changedManifests(path.join(folder, 'manifests'), {delivery});
  const dip = await startDip(path.join(folder, 'data'), manifests);
  atEnd(() => dip.kill());
  const {url} = dip;
  const all = await letters(documents, seed);
  const sending = {url: async () => url, writers: 8};
  // Some letters first, so that cold starts take no part in what follows.
  const receipts = await send(all.slice(0, 4), sending);
  await untilQuiet(url);

  await post(url, broken, {documentId: broken, contentType: 17, text: 'no such member'});
  const content = `documents/${missing}/nothing/content.json`;
  await post(url, missing, {...documentIngested.example, documentId: missing, content});
  const behind = await send(all.slice(4, 8), sending);
  for (const {documentIds} of behind)
    for (const documentId of documentIds) await documentOf(url, documentId, 60);
  const {status} = await documentOf(url, missing, 0);
  say(`the letters right behind have ended, and ${missing} is ${status}`);
  receipts.push(...behind, ...(await send(all.slice(8), sending)));
  await untilQuiet(url);
  const archive = await readArchive(url);
  const failures = await Promise.all([broken, missing].map((documentId) => documentOf(url, documentId, 0)));
  await dip.stop();
  const poisoned = new Set([broken, missing]);
  const good = archive.documents.filter(({documentId}) => !poisoned.has(documentId));
  return {
    claims: [...claimsOf(receipts, {...archive, documents: good}), ...claimsOfPoison(status, failures)],
    figures: {'documents sent': documents, 'poison events': poisoned.size},
  };
}

/** @param meanwhile how the event without its blob stood when the letters behind it had ended. */
function claimsOfPoison(meanwhile: string, failures: readonly ShownDocument[]): Claim[] {
  return [
    {
      claim: 'a poison event holds up nobody else',
      faults:
        meanwhile === 'in-work' ? [] : [`it is ${meanwhile} when the letters right behind it have ended`],
    },
    {
      claim: 'a poison event ends as a failed document that says why',
      faults: failures.flatMap(({documentId, status, deadLetter}) => {
        const expected =
          documentId === broken
            ? /400 .*breaks urn:dip:com\.dip\.document\.ingested/
            : /500 No blob is kept as/;
        const told = `${deadLetter?.code} ${deadLetter?.message}`;
        return status === 'failed' && expected.test(told) ? [] : [`${documentId} is ${status}: ${told}`];
      }),
    },
  ];
}

async function post(url: string, subject: string, data: unknown): Promise<void> {
  const event = {
    specversion: '1.0',
    id: `poison-${subject}`,
    source: '/test/poison',
    type: documentIngested.type,
    subject,
    partitionkey: subject,
    datacontenttype: 'application/json',
    data,
  };
  const {status} = await fetch(`${url}/dip/default`, {
    method: 'POST',
    headers: {'content-type': 'application/cloudevents+json'},
    body: JSON.stringify(event),
  });
  if (status !== 202) throw new Error(`The broker answered ${status} to a poison event, expected 202.`);
}
