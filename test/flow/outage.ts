import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {startDip} from '../dip-process.ts';
import {backlogOf, readArchive, untilQuiet} from './archive.ts';
import {claimsOf} from './claims.ts';
import {keptClaimsOf} from './kept-claims.ts';
import {letters} from './letters.ts';
import {changedManifests} from './manifests.ts';
import {type Receipt, send} from './post-office.ts';
import {type Servers, startServers} from './servers.ts';
import type {Trial, Verdict} from './verdict.ts';

export interface OutageOptions {
  readonly documents: number;
  /** How long each outage lasts. It stands for an hour: what waits in the manifests is shortened alike. */
  readonly outageSeconds: number;
  readonly seed: number;
}

/** Takes away the database, the store and both in the middle of documents that go in, an hour each. */
export async function survivesOutages(options: OutageOptions, trial: Trial): Promise<Verdict> {
  const {documents, outageSeconds, seed} = options;
  const servers = await startServers(trial);
  const manifests = await changedManifests(path.join(trial.folder, 'manifests'), {
    faster: 3600 / outageSeconds,
    state: servers.environment,
  });
  const data = path.join(trial.folder, 'data');
  const dip = await startDip(data, manifests);
  trial.atEnd(() => dip.kill());

  const outages = new Outages({servers, url: dip.url}, options, trial);
  const begin = performance.now();
  const receipts = await send(await letters(documents, seed), {
    url: async () => dip.url,
    writers: 8,
    patienceMs: 300_000 + 1_000 * outageSeconds,
    onLetter: (begun) => outages.beginAt(begun),
  });
  await outages.over;
  await untilQuiet(dip.url);
  const seconds = (performance.now() - begin) / 1000;
  const archive = await readArchive(dip.url);
  await dip.stop();
  const kept = await keptClaimsOf(data, archive, servers.state);
  const counted = (status: string) => archive.documents.filter((one) => one.status === status).length;
  return {
    claims: [
      ...claimsOf(receipts, archive, {mayFail: true}),
      ...kept.claims,
      {claim: 'there was something to do in each outage', faults: outages.idle},
    ],
    figures: {
      'documents sent': documents,
      'documents accepted': receipts.filter(({documentIds}) => documentIds.length > 0).length,
      'times that a sender was put off': putOff(receipts),
      'documents kept, attachments too': archive.documents.length,
      'of them answered': counted('answered'),
      'of them rejected': counted('rejected'),
      'of them failed, with a dead letter': counted('failed'),
      outages: outages.made,
      seconds: Math.round(seconds),
      ...kept.figures,
    },
  };
}

function putOff(receipts: readonly Receipt[]): number {
  return receipts.reduce((sum, {attempts, documentIds}) => sum + attempts - documentIds.length, 0);
}

/** Takes servers away and brings them back, one after the other. */
class Outages {
  made = 0;
  /** Outages that nobody waited to end: they prove nothing. */
  readonly idle: string[] = [];
  over: Promise<void> = Promise.resolve();
  readonly #plan: ReadonlyMap<number, readonly ('postgres' | 's3')[]>;
  readonly #servers: Servers;
  readonly #url: string;
  readonly #seconds: number;
  readonly #say: Trial['say'];
  #begun = 0;

  constructor(
    {servers, url}: {servers: Servers; url: string},
    {documents, outageSeconds}: OutageOptions,
    {say}: Trial,
  ) {
    this.#servers = servers;
    this.#url = url;
    this.#seconds = outageSeconds;
    this.#say = say;
    this.#plan = new Map([
      [Math.floor(documents / 4), ['postgres']],
      [Math.floor(documents / 2), ['s3']],
      [Math.floor((3 * documents) / 4), ['postgres', 's3']],
    ]);
  }

  /** Told of each letter, before it is sent. */
  beginAt(begun: number): void {
    this.#begun = begun;
    const names = this.#plan.get(begun);
    if (names !== undefined) this.over = this.over.then(() => this.#takeAway(names));
  }

  async #takeAway(names: readonly ('postgres' | 's3')[]): Promise<void> {
    const before = this.#begun;
    await Promise.all(names.map((name) => this.#servers[name].crash()));
    this.#say(`${names.join(' and ')} went away at letter ${before}`);
    await wait(this.#seconds * 1000);
    const waiting = await backlogOf(this.#url);
    await Promise.all(names.map((name) => this.#servers[name].start()));
    this.made++;
    this.#say(`${names.join(' and ')} came back at letter ${this.#begun}, ${waiting} deliveries waited`);
    if (waiting === 0) this.idle.push(`${names.join(' and ')} at letter ${before}`);
  }
}
