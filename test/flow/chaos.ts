import path from 'node:path';
import {startDip} from '../dip-process.ts';
import {readArchive, untilQuiet} from './archive.ts';
import {Chance} from './chance.ts';
import {type ChaosProxy, chaosProxy} from './chaos-proxy.ts';
import {claimsOf} from './claims.ts';
import {Gate} from './gate.ts';
import {keptClaimsOf} from './kept-claims.ts';
import {letters} from './letters.ts';
import {changedManifests} from './manifests.ts';
import {send} from './post-office.ts';
import {changeMind, copyProject} from './project-copy.ts';
import {Served} from './served.ts';
import type {Trial, Verdict} from './verdict.ts';

export interface ChaosTrialOptions {
  readonly documents: number;
  /** Times that the services are killed and come back with another model, other rules and other letters. */
  readonly changesOfMind: number;
  readonly seed: number;
}

const names = ['ingestion', 'classification', 'routing', 'response', 'archive', 'dead-letter'] as const;
/** Those whose answers depend on a model, on rules or on letters. */
const minded = ['classification', 'routing', 'response'];

/** Runs every service behind a network that doubles, loses, delays and reorders, and changes their minds midway. */
export async function survivesChaos(options: ChaosTrialOptions, trial: Trial): Promise<Verdict> {
  const {documents, changesOfMind, seed} = options;
  const chance = new Chance(seed);
  const every = Math.ceil(documents / (changesOfMind + 1));
  const times = Math.ceil(documents / every) - 1;
  const projects = await twoMinds(trial.folder);
  const {url, stop, proxies, gates, change} = await setUp(trial, chance, {projects, times});

  const begin = performance.now();
  const changes: Promise<void>[] = [];
  const receipts = await send(await letters(documents, seed), {
    url: async () => url,
    writers: 8,
    onLetter(begun) {
      if (begun > 0 && begun % every === 0) changes.push(change());
    },
  });
  await Promise.all(changes);
  await untilQuiet(url);
  const seconds = (performance.now() - begin) / 1000;
  const archive = await readArchive(url);
  await stop();
  const kept = await keptClaimsOf(path.join(trial.folder, 'data'), archive);
  return {
    claims: [
      ...claimsOf(receipts, archive),
      ...kept.claims,
      {claim: 'some events of each were handled by two minds', faults: untried(gates)},
      {claim: 'the same event always has the same reply', faults: proxies.flatMap(({faults}) => faults)},
    ],
    figures: {
      'documents sent': documents,
      'documents kept, attachments too': archive.documents.length,
      'changes of mind': changes.length,
      'events handled by two minds': sumOf([...gates.values()].map(({held}) => held)),
      'deliveries, each made twice': sumOf(proxies.map(({done}) => done.deliveries)),
      'replies lost': sumOf(proxies.map(({done}) => done.lost)),
      seconds: Math.round(seconds),
      ...kept.figures,
    },
  };
}

/** Services that no event was delivered to before and after a change of mind: then nothing was proved of them. */
function untried(gates: ReadonlyMap<string, Gate>): string[] {
  return minded.filter((name) => gates.get(name)?.held === 0);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

/** The project as it is, and one that answers everything otherwise. */
async function twoMinds(folder: string): Promise<string[]> {
  const [first, second] = [path.join(folder, 'first'), path.join(folder, 'second')];
  for (const project of [first, second]) await copyProject(project);
  await changeMind(second);
  return [first, second];
}

/** A DIP whose services run beside it, each behind a proxy. */
async function setUp(trial: Trial, chance: Chance, {projects, times}: Pick<Changing, 'projects' | 'times'>) {
  const dataDirectory = path.join(trial.folder, 'data');
  const services = new Map<string, Served>();
  const proxies = new Map<string, ChaosProxy>();
  const gates = new Map(names.map((name) => [name as string, new Gate()]));
  for (const name of names) {
    const target = () => services.get(name)?.url ?? Promise.reject(new Error(`${name} is not there yet.`));
    const between = gates.get(name) ?? new Gate();
    const proxy = await chaosProxy({target, chance, longestDelayMs: 60, between});
    trial.atEnd(() => proxy.close());
    proxies.set(name, proxy);
  }
  const manifests = await changedManifests(path.join(trial.folder, 'manifests'), {
    urls: Object.fromEntries([...proxies].map(([name, {url}]) => [name, url])),
    delivery: {retry: 60, backoffPolicy: 'linear', backoffDelay: 'PT0.02S'},
  });
  const dip = await startDip(dataDirectory, manifests);
  trial.atEnd(() => dip.kill());
  const [first = ''] = projects;
  for (const name of names) {
    const served = new Served(name, {K_SINK: `${dip.url}/dip/default`, DIP_DATA_DIR: dataDirectory});
    services.set(name, served);
    trial.atEnd(() => served.kill());
  }
  await Promise.all([...services.values()].map((served) => served.start(first)));
  return {
    url: dip.url,
    proxies: [...proxies.values()],
    gates,
    change: changer({services, gates, projects, times}, trial),
    async stop() {
      await dip.stop();
      for (const served of services.values()) await served.kill();
    },
  };
}

interface Changing {
  readonly services: ReadonlyMap<string, Served>;
  readonly gates: ReadonlyMap<string, Gate>;
  readonly projects: readonly string[];
  /** How many calls will come. */
  readonly times: number;
}

/**
 * Each call kills the services that have a mind of their own, and starts them from the next project: while some events
 * were handled once already and will be delivered again.
 */
function changer({services, gates, projects, times}: Changing, {say}: Trial): () => Promise<void> {
  let turn = Promise.resolve();
  let number = 0;
  for (const name of minded) gates.get(name)?.close(2);
  const changeOne = async (name: string, project: string) => {
    const gate = gates.get(name);
    await gate?.untilFull(30_000);
    await services.get(name)?.kill();
    await services.get(name)?.start(project);
    gate?.open();
    if (number < times) gate?.close(2);
  };
  return () => {
    turn = turn.then(async () => {
      number++;
      const project = projects[number % projects.length] ?? '';
      await Promise.all(minded.map((name) => changeOne(name, project)));
      say(`${minded.join(', ')} were killed and came back with another mind`);
    });
    return turn;
  };
}
