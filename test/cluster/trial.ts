import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {encodeRecord, newToken} from '../../services/gateway/people/token.ts';
import {readArchive} from '../flow/archive.ts';
import {Chance} from '../flow/chance.ts';
import {claimsOf} from '../flow/claims.ts';
import {stateClaimsOf} from '../flow/kept-claims.ts';
import {letters} from '../flow/letters.ts';
import {changedManifests, ofTheWay} from '../flow/manifests.ts';
import {send} from '../flow/post-office.ts';
import {type Servers, startServers} from '../flow/servers.ts';
import type {Trial, Verdict} from '../flow/verdict.ts';
import {makeKeys} from '../kit/serving.ts';
import type {Knative, KnativeOptions} from './knative.ts';
import {buildServices, type Pod, podOf, runningPods} from './pods.ts';
import {openRouter} from './router.ts';
import {untilEnded} from './until-ended.ts';

export interface ClusterOptions {
  readonly documents: number;
  /** Times that a service's process is killed while documents go in. */
  readonly serviceKills: number;
  /** Times that PostgreSQL crashes, and as often the S3 server, for as long as `outageMs`. */
  readonly outages: number;
  /** Shorter than the Brokers go on trying: then everything ends as it should. */
  readonly outageMs: number;
  readonly seed: number;
}

/** Starts Knative for a trial; undefined where it can't run, which is said. */
export type StartKnative = (options: KnativeOptions) => Promise<Knative | undefined>;

/**
 * Runs what the images hold behind Knative's own broker: documents go in by the console and answers come out, while
 * processes are killed and PostgreSQL and S3 crash and come back.
 */
export async function survivesCluster(
  options: ClusterOptions,
  trial: Trial,
  startKnative: StartKnative,
): Promise<Verdict | undefined> {
  const {documents, seed} = options;
  const chance = new Chance(seed);
  const cluster = await openCluster(trial, startKnative);
  if (cluster === undefined) return undefined;
  const plan = planOf(options, chance);
  const harm = harmer(cluster, {chance, ...options});

  const begin = performance.now();
  const receipts = await send(await letters(documents, seed), {
    url: async () => cluster.url,
    headers: cluster.headers,
    writers: 8,
    onLetter: (begun) => harm.begin(plan.get(begun)),
  });
  await harm.ended();
  const accepted = receipts.flatMap(({documentIds}) => documentIds);
  await untilEnded(cluster, accepted);
  const seconds = (performance.now() - begin) / 1000;
  const archive = await readArchive(cluster.url, cluster.headers);
  const kept = await stateClaimsOf(cluster.servers.state, archive);
  return {
    claims: [
      ...claimsOf(receipts, archive),
      ...kept.claims,
      {claim: 'what was to be killed and stopped was there', faults: harm.missed},
    ],
    figures: {
      'documents sent': documents,
      'documents accepted': receipts.filter(({documentIds}) => documentIds.length > 0).length,
      'documents kept, attachments too': archive.documents.length,
      facts: archive.facts.length,
      ...kept.figures,
      ...harm.figures,
      seconds: Math.round(seconds),
      'documents a second': Math.round((10 * archive.documents.length) / seconds) / 10,
    },
  };
}

interface Cluster {
  /** The console's address, and who asks there. */
  readonly url: string;
  readonly headers: Record<string, string>;
  /** Where the images lie. */
  readonly images: string;
  readonly servers: Servers;
}

/** Builds, starts and applies everything, and waits until Knative says that it is ready. */
async function openCluster(trial: Trial, startKnative: StartKnative): Promise<Cluster | undefined> {
  const {folder, atEnd, say} = trial;
  const images = path.join(folder, 'images');
  const built = await buildServices(ofTheWay, images);
  say(`${built.size} services are built`);
  const servers = await startServers(trial);
  const router = await openRouter(new URL('http://127.0.0.1:18080'), 'dip');
  atEnd(() => router.close());
  const {token, record} = newToken({
    role: 'operate',
    createdAt: new Date().toISOString(),
    expiresAt: null,
    ratePerMinute: 1_000_000,
  });
  const tokens = path.join(folder, 'tokens');
  await mkdir(tokens);
  await writeFile(path.join(tokens, 'trial'), encodeRecord(record));

  const keys = path.join(folder, 'identity');
  makeKeys(keys);

  // As on a cluster: nothing is kept in files.
  const state = {
    KUBERNETES_SERVICE_HOST: '10.0.0.1',
    DIP_IDENTITY_DIR: keys,
    ...servers.environment,
  };
  const services: Record<string, Pod> = {};
  for (const [name, image] of built) {
    const env =
      name === 'console'
        ? {DIP_TOKENS_DIR: tokens, DIP_IDENTITY_DIR: keys, DIP_SERVICES_URL: `${router.url}/{service}`}
        : {
            ...state,
            K_SINK: `http://127.0.0.1:18081/dip/${name === 'dead-letter' ? 'dead-letters' : 'default'}`,
          };
    services[`${name}.dip`] = await podOf(image, env);
  }
  const running = await startKnative({services});
  if (running === undefined) return undefined;
  atEnd(() => running.stop());
  const manifests = path.join(folder, 'manifests');
  // Without it the in-memory channel answers only when all triggers are done, retries included.
  await changedManifests(manifests, {
    services: ofTheWay,
    brokerAnnotations: {'messaging.knative.dev/async-handler': 'true'},
  });
  await running.apply(manifests);
  await everythingReady(running);
  say('Knative says that everything is ready');
  const headers = {authorization: `Bearer ${token}`};
  return {url: `${router.url}/console`, headers, images, servers};
}

async function everythingReady(knative: Knative): Promise<void> {
  for (const plural of ['brokers', 'triggers', 'eventtypes']) {
    const {stdout} = await knative.kubectl(['get', plural, '-n', 'dip', '-o', 'name']);
    for (const line of stdout.trim().split('\n'))
      await knative.ready(plural, 'dip', line.split('/')[1] ?? '');
  }
  // The filter follows the API with a delay that nothing tells of (its cache of triggers).
  await wait(500);
}

type Harm = 'kill' | 'postgres' | 's3';

/** Which letter's beginning brings what; the outages lie apart, as each is survived by itself. */
function planOf({documents, serviceKills, outages}: ClusterOptions, chance: Chance): Map<number, Harm> {
  const plan = new Map<number, Harm>();
  const count = outages * 2;
  for (let index = 0; index < count; index++)
    plan.set(Math.floor(((index + 1) * documents) / (count + 1)), index % 2 === 0 ? 'postgres' : 's3');
  const wanted = Math.min(count + serviceKills, documents - 1);
  while (plan.size < wanted) {
    const at = 1 + chance.below(documents - 1);
    if (!plan.has(at)) plan.set(at, 'kill');
  }
  return plan;
}

interface Harmer {
  begin(harm: Harm | undefined): void;
  /** Waits until all that was begun is over. */
  ended(): Promise<void>;
  readonly missed: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
}

function harmer({images, servers}: Cluster, {chance, outageMs}: {chance: Chance; outageMs: number}): Harmer {
  const counts = {'kills of services': 0, 'crashes of PostgreSQL': 0, 'crashes of the S3 server': 0};
  const missed: string[] = [];
  let turn: Promise<void> = Promise.resolve();

  async function kill(): Promise<void> {
    for (let waits = 0; waits < 100; waits++) {
      const pods = await runningPods(images);
      if (pods.length > 0 && isKilled(chance.of(pods).pid)) return void counts['kills of services']++;
      // Between two kills there may be none for a moment, and one that was there may have ended by itself.
      await wait(100);
    }
    missed.push('No service was running when one was to be killed.');
  }

  async function outage(harm: 'postgres' | 's3'): Promise<void> {
    await servers[harm].crash();
    await wait(outageMs);
    await servers[harm].start();
    counts[harm === 'postgres' ? 'crashes of PostgreSQL' : 'crashes of the S3 server'] += 1;
  }

  return {
    begin(harm) {
      if (harm === 'kill') void kill().catch((error: unknown) => missed.push(String(error)));
      else if (harm !== undefined) turn = turn.then(() => outage(harm));
    },
    ended: () => turn,
    missed,
    get figures() {
      return counts;
    },
  };
}

/** Kills a process. Whether it was still there. */
function isKilled(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
