import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {type Dip, startDip} from '../dip-process.ts';
import {readArchive, untilQuiet} from './archive.ts';
import {Chance} from './chance.ts';
import {claimsOf} from './claims.ts';
import {type Descendant, descendantsOf, serviceOf, untilGone} from './descendants.ts';
import {keptClaimsOf} from './kept-claims.ts';
import {letters} from './letters.ts';
import {changedManifests} from './manifests.ts';
import {send} from './post-office.ts';
import {startServers} from './servers.ts';
import type {Trial, Verdict} from './verdict.ts';

export interface KillsOptions {
  readonly documents: number;
  /** Times that DIP is killed while documents go in; it is killed once more after the last. */
  readonly kills: number;
  /** Times that one of its services is. */
  readonly serviceKills: number;
  readonly seed: number;
  /** Where services keep their state. (Default: files) */
  readonly state?: 'files' | 'servers';
}

/** Kills DIP and its services again and again while documents go in, and starts it anew on the same folder. */
export async function survivesKills(options: KillsOptions, trial: Trial): Promise<Verdict> {
  const {documents, seed} = options;
  const chance = new Chance(seed);
  const servers = options.state === 'servers' ? await startServers(trial) : undefined;
  const manifests = path.join(trial.folder, 'manifests');
  const words = servers && (await changedManifests(manifests, {state: servers.environment}));
  const victim = await Victim.start(trial, words);
  const plan = planOf(options, chance);

  const begin = performance.now();
  const receipts = await send(await letters(documents, seed), {
    url: async () => (await victim.dip).url,
    writers: 8,
    onLetter(begun) {
      const what = plan.get(begun);
      // A DIP that does not come up again shows when its address is asked for.
      if (what !== undefined) victim.killSoon(what, chance).catch(() => {});
    },
  });
  await victim.killSoon('dip', chance);
  const {url} = await victim.dip;
  await untilQuiet(url);
  const seconds = (performance.now() - begin) / 1000;
  const archive = await readArchive(url);
  await victim.end();
  const kept = await keptClaimsOf(trial.folder, archive, servers?.state);
  return {
    claims: [
      ...claimsOf(receipts, archive),
      ...kept.claims,
      {claim: 'no service outlives a kill by 5 seconds', faults: victim.survivors},
      {claim: 'there were services to kill and to outlive it', faults: victim.missed},
    ],
    figures: {
      'documents sent': documents,
      'documents accepted': receipts.filter(({documentIds}) => documentIds.length > 0).length,
      'times sent': receipts.reduce((sum, {attempts}) => sum + attempts, 0),
      'documents kept, attachments too': archive.documents.length,
      ...victim.figures,
      seconds: Math.round(seconds),
      'documents a second': Math.round((10 * archive.documents.length) / seconds) / 10,
      ...kept.figures,
    },
  };
}

/** Which letter's beginning brings a kill, and of what. */
function planOf(
  {documents, kills, serviceKills}: KillsOptions,
  chance: Chance,
): Map<number, 'dip' | 'service'> {
  const plan = new Map<number, 'dip' | 'service'>();
  const wanted = Math.min(kills + serviceKills, documents - 1);
  while (plan.size < wanted) plan.set(1 + chance.below(documents - 1), plan.size < kills ? 'dip' : 'service');
  return plan;
}

/** How long a service may live after its DIP was killed. */
const afterlifeMs = 5_000;

/** A DIP that is killed, and started again on the same folder. */
class Victim {
  readonly #kills = {dip: 0, service: 0};
  readonly survivors: string[] = [];
  #longestMs = 0;
  /** Services that were running when their DIP was killed, summed up. */
  #watched = 0;
  /** The one that lives, or is being started. */
  dip: Promise<Dip>;
  readonly #trial: Trial;
  readonly #words: readonly string[];
  #turn: Promise<unknown> = Promise.resolve();
  readonly #watches: Promise<void>[] = [];

  private constructor(trial: Trial, words: readonly string[]) {
    this.#trial = trial;
    this.#words = words;
    this.dip = startDip(trial.folder, words);
  }

  /** @param words options that DIP is started with each time */
  static async start(trial: Trial, words: readonly string[] = []): Promise<Victim> {
    const victim = new Victim(trial, words);
    trial.atEnd(() => victim.dip.then((dip) => dip.kill()).catch(() => {}));
    await victim.dip;
    return victim;
  }

  /** A trial in which no service was ever running proves nothing. */
  get missed(): string[] {
    return this.#watched > 0 ? [] : ['No service was running whenever DIP was killed.'];
  }

  get figures(): Record<string, number> {
    return {
      'kills of DIP': this.#kills.dip,
      'kills of services': this.#kills.service,
      'longest life after a kill (ms)': this.#longestMs,
    };
  }

  /** Kills within half a second, one after the other. */
  killSoon(what: 'dip' | 'service', chance: Chance): Promise<unknown> {
    const afterMs = chance.below(500);
    const choice = chance.next();
    this.#turn = this.#turn.then(async () => {
      await wait(afterMs);
      await (what === 'dip' ? this.#killDip() : this.#killService(choice));
    });
    return this.#turn;
  }

  /** Ends it in peace. */
  async end(): Promise<void> {
    await this.#turn;
    await (await this.dip).stop();
    await Promise.all(this.#watches);
  }

  async #killDip(): Promise<void> {
    const dip = await this.dip;
    // Held still first, so that it starts nothing between the look and the kill.
    process.kill(dip.pid, 'SIGSTOP');
    const services = (await descendantsOf(dip.pid)).filter(serviceOf);
    await dip.kill();
    this.#kills.dip++;
    this.#watched += services.length;
    this.#trial.say(`DIP was killed, and ${services.length} services had to end`);
    this.#watches.push(this.#watch(services));
    this.dip = startDip(this.#trial.folder, this.#words);
    await this.dip;
  }

  async #watch(processes: readonly Descendant[]): Promise<void> {
    try {
      this.#longestMs = Math.max(this.#longestMs, await untilGone(processes, afterlifeMs));
    } catch (error) {
      this.survivors.push(String(error));
    }
  }

  async #killService(choice: number): Promise<void> {
    const services = (await descendantsOf((await this.dip).pid)).filter(serviceOf);
    const unlucky = services[Math.floor(choice * services.length)];
    if (unlucky === undefined) return;
    process.kill(unlucky.pid, 'SIGKILL');
    this.#kills.service++;
    this.#trial.say(`${serviceOf(unlucky)} was killed`);
  }
}
