import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {attribute} from '#kit';
import {tokensFolder} from '#kit/wire';
import {encodeRecord, newToken} from '../../services/gateway/people/token.ts';
import {startDip} from '../dip-process.ts';
import {type Archive, documentOf, readArchive, untilQuiet} from '../flow/archive.ts';
import {type Claim, claimsOf} from '../flow/claims.ts';
import {letters} from '../flow/letters.ts';
import {changedManifests} from '../flow/manifests.ts';
import {type Receipt, send} from '../flow/post-office.ts';
import type {Trial, Verdict} from '../flow/verdict.ts';
import {strangersSource} from './events.ts';
import {beHostile, type Hostility} from './hostility.ts';

export interface StrangersOptions {
  /** Letters that are sent meanwhile, evenly. */
  readonly documents: number;
  readonly minutes: number;
  readonly seed: number;
  /** Between two documents that cost their reader much, in milliseconds; everything else comes without a pause. */
  readonly documentPauseMs: number;
}

/** Attempts last some seconds in all, as what strangers send is given up in the end. */
const delivery = {retry: 3, backoffPolicy: 'exponential', backoffDelay: 'PT0.2S'};

/** Tokens of two senders: each may do everything, as often as they like. */
async function makeTokens(
  dataDirectory: string,
): Promise<Record<'ann' | 'stranger', Record<string, string>>> {
  const folder = tokensFolder(dataDirectory);
  await mkdir(folder, {recursive: true, mode: 0o700});
  const make = async (name: string) => {
    const createdAt = new Date().toISOString();
    const {token, record} = newToken({role: 'operate', createdAt, expiresAt: null, ratePerMinute: 1_000_000});
    await writeFile(path.join(folder, name), encodeRecord(record), {mode: 0o600});
    return {authorization: `Bearer ${token}`};
  };
  return {ann: await make('ann'), stranger: await make('stranger')};
}

/** Strangers send all that is meant to harm, beside letters that must be answered as if nobody else were there. */
export async function survivesStrangers(options: StrangersOptions, trial: Trial): Promise<Verdict> {
  const {documents, seed, minutes} = options;
  const manifests = await changedManifests(path.join(trial.folder, 'manifests'), {delivery});
  const dataDirectory = path.join(trial.folder, 'data');
  const {ann: headers, stranger} = await makeTokens(dataDirectory);
  const dip = await startDip(dataDirectory, [...manifests, '--host', '0.0.0.0']);
  trial.atEnd(() => dip.kill());
  const {url} = dip;
  const all = await letters(documents, seed);
  const sending = {url: async () => url, headers, writers: 1};
  const receipts = await send(all.slice(0, 4), sending);
  await untilQuiet(url, {headers});

  const end = performance.now() + minutes * 60_000;
  const isOver = () => performance.now() > end;
  const hostile = beHostile(url, {...options, isOver, headers: stranger});
  // It is awaited below; where a letter ends the trial before, its end is nobody's concern.
  hostile.catch(() => undefined);
  for (const letter of all.slice(4)) {
    receipts.push(...(await send([letter], sending)));
    await untilEnded(url, receipts.at(-1), headers);
    const left = documents - receipts.length;
    if (left > 0) await wait(Math.max(0, (end - performance.now()) / left));
  }
  const hostility = await hostile;
  trial.say(`strangers have sent ${JSON.stringify(hostility.sent)}`);
  // As many of their documents wait as may, and each is meant to take long.
  await untilQuiet(url, {limitMs: 3_600_000, headers});
  const archive = await readArchive(url, headers);
  await dip.stop();
  return {
    claims: [
      ...claimsOf(receipts, withoutStrangers(archive, receipts)),
      ...claimsOfStrangers(archive, hostility, dip.said()),
    ],
    figures: {
      'documents sent': documents,
      ...hostility.sent,
      'documents of strangers accepted': hostility.accepted.length,
      'slowest answer to a form or head, ms': hostility.slowestMs,
      'documents kept, attachments too': archive.documents.length,
    },
  };
}

/** A letter is awaited before the next one is sent, as its sender would. */
async function untilEnded(
  url: string,
  receipt: Receipt | undefined,
  headers: Record<string, string>,
): Promise<void> {
  for (const documentId of receipt?.documentIds ?? []) await documentOf(url, documentId, 60, headers);
}

/** What the archive has of the letters alone, with what was attached to them. */
function withoutStrangers(archive: Archive, receipts: readonly Receipt[]): Archive {
  const ids = new Set(receipts.flatMap(({documentIds}) => documentIds));
  for (const {documentId, parent} of archive.documents.toReversed())
    if (parent !== null && ids.has(parent)) ids.add(documentId);
  const isOurs = (documentId: string) => ids.has(documentId);
  return {
    facts: archive.facts.filter((fact) => isOurs(attribute(fact, 'subject') ?? '')),
    documents: archive.documents.filter(({documentId}) => isOurs(documentId)),
    alarms: archive.alarms.filter((alarm) => !alarm.startsWith(strangersSource) && !alarm.startsWith('/s ')),
  };
}

function claimsOfStrangers({documents}: Archive, {faults, accepted}: Hostility, said: string): Claim[] {
  const statuses = new Map(documents.map(({documentId, status}) => [documentId, status]));
  return [
    {claim: 'nothing that comes in gets no answer, or one of 500 and more', faults},
    {
      claim: 'nothing that comes in ends a process',
      faults: said.split('\n').filter((line) => /is gone|did not start|was not ready/.test(line)),
    },
    {
      claim: 'what a stranger got 202 for has ended, too',
      faults: accepted.flatMap((documentId) => {
        const status = statuses.get(documentId) ?? 'unknown';
        return ['answered', 'closed', 'part', 'rejected'].includes(status)
          ? []
          : [`${documentId} is ${status}`];
      }),
    },
  ];
}
