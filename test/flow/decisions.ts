import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {saidId} from '../../services/kit/say.ts';
import {letterCopied} from '../kit/letters.ts';
import {asking, makeKeys, type Running} from '../kit/serving.ts';
import {Postgres} from '../state/postgres.ts';
import {Chance} from './chance.ts';
import type {Claim} from './claims.ts';
import {buildClerk, Clerk} from './clerk.ts';
import {type Answered, Deciders} from './deciders.ts';
import {Registry} from './registry.ts';
import type {Trial, Verdict} from './verdict.ts';

export interface DecisionsOptions {
  /** Times that a process with the doors is killed. */
  readonly kills: number;
  readonly seed: number;
  /** Where decisions are kept: in an SQLite file, or on a PostgreSQL server. */
  readonly state: 'files' | 'servers';
}

/** Processes of the one service. */
const replicas = 4;
/** People who decide at a time. */
const people = 8;
/** The most requests that a process lives for, and the longest that it does after that, in milliseconds. */
const longestLife = {requests: 30, ms: 25};

/** Kills the processes of one service again and again while people decide things at its doors. */
export async function survivesKilledDoors(options: DecisionsOptions, trial: Trial): Promise<Verdict> {
  const chance = new Chance(options.seed);
  const registry = await Registry.start(trial, chance);
  const keys = path.join(trial.folder, 'identity');
  makeKeys(keys);
  const environment = {
    K_SINK: registry.url,
    DIP_DATA_DIR: trial.folder,
    ...(options.state === 'servers' ? await postgresOf(trial) : {}),
  };
  const built = await buildClerk(trial.folder);
  const clerks = Array.from({length: replicas}, () => new Clerk(built, environment));
  trial.atEnd(() => Promise.all(clerks.map((clerk) => clerk.kill())));
  const askAnyone = async () => {
    const up = clerks.filter(({isUp}) => isUp);
    const {url} = chance.of(up.length > 0 ? up : clerks);
    return asking({url: await url, name: 'notary', keys});
  };

  const begin = performance.now();
  await Promise.all(clerks.map((clerk) => clerk.start()));
  const deciders = new Deciders(askAnyone, chance);
  const deciding = Promise.all(Array.from({length: people}, () => deciders.decide()));
  await killAll(clerks, options.kills, {chance, say: trial.say, deciders});
  deciders.isDone = true;
  await deciding;
  const {decisions, untold} = await whenTold(await askAnyone());
  return {
    claims: claimsOf({decisions, untold, deciders, registry}),
    figures: {
      kills: options.kills,
      'decisions begun': deciders.begun,
      'decisions kept': decisions.length,
      'answers lost': deciders.lost,
      'told after those who decided had given up': toldLate(deciders, registry),
      'told more than once': [...registry.events.values()].filter(({times}) => times > 1).length,
      seconds: Math.round((performance.now() - begin) / 1000),
    },
  };
}

async function postgresOf({atEnd}: Trial): Promise<Record<string, string>> {
  const postgres = await Postgres.start();
  atEnd(() => postgres.remove());
  return {DATABASE_URL: await postgres.newDatabase()};
}

async function killAll(
  clerks: readonly Clerk[],
  kills: number,
  {chance, say, deciders}: {chance: Chance; say: Trial['say']; deciders: Deciders},
): Promise<void> {
  let killed = 0;
  await Promise.all(
    clerks.map(async (clerk) => {
      while (killed < kills) {
        const which = ++killed;
        await deciders.moreAsked(1 + chance.below(longestLife.requests));
        await wait(chance.below(longestLife.ms));
        await clerk.kill();
        if (which % 100 === 0) say(`${which} processes were killed, ${deciders.begun} decisions begun`);
        await clerk.start();
      }
    }),
  );
}

/** How long a process may need to tell what others left untold. */
const patienceMs = 60_000;

async function whenTold(ask: Running['ask']): Promise<{decisions: Answered[]; untold: {key: string}[]}> {
  const read = async (door: string) => JSON.parse((await ask(door)).body.toString());
  const deadline = performance.now() + patienceMs;
  let untold: {key: string}[] = await read('/untold');
  while (untold.length > 0 && performance.now() < deadline) {
    await wait(50);
    untold = await read('/untold');
  }
  return {decisions: await read('/decisions'), untold};
}

/** Decisions whose fact came when nobody asked for it any more: without a record of it, it were lost. */
function toldLate({givenUp}: Deciders, {events}: Registry): number {
  return givenUp.filter(({name, atMs}) => (events.get(saidId(letterCopied, name))?.firstAtMs ?? 0) > atMs)
    .length;
}

function claimsOf({
  decisions,
  untold,
  deciders,
  registry: {events},
}: {
  decisions: readonly Answered[];
  untold: readonly {key: string}[];
  deciders: Deciders;
  registry: Registry;
}): Claim[] {
  const kept = new Map(decisions.map(({name, word}) => [name, word]));
  const told = new Map([...events.values()].map(({data}) => nameAndWord(data)));
  const differing = (some: Iterable<readonly [string, string]>, others: ReadonlyMap<string, string>) =>
    [...some].filter(([name, word]) => others.get(name) !== word).map(([name]) => name);
  const answered = deciders.answered.map(({name, word}) => [name, word] as const);
  return [
    {claim: 'every decision that was kept was told', faults: differing(kept, told)},
    {claim: 'everything that was told is a decision that was kept', faults: differing(told, kept)},
    {claim: 'every decision that was answered is kept as it was answered', faults: differing(answered, kept)},
    {
      claim: 'no id was told with two contents',
      faults: [...events].filter(([, {contents}]) => contents.size > 1).map(([id]) => id),
    },
    {
      claim: 'nothing was decided twice',
      faults: kept.size === decisions.length ? [] : [`${decisions.length}`],
    },
    {claim: 'in the end nothing is left untold', faults: untold.map(({key}) => key)},
  ];
}

function nameAndWord(data: unknown): readonly [string, string] {
  if (typeof data !== 'object' || data === null || !('documentId' in data) || !('model' in data))
    throw new TypeError(`Expected a decision, got ${JSON.stringify(data)}.`);
  return [String(data.documentId), String(data.model)];
}
