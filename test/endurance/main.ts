/** Runs DIP as people never should, and says whether it kept its promises: `npm run endurance -- --help`. */
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {startKnative} from '../cluster/knative.ts';
import {survivesCluster} from '../cluster/trial.ts';
import {takesBurst} from '../flow/burst.ts';
import {survivesChaos} from '../flow/chaos.ts';
import {survivesKilledDoors} from '../flow/decisions.ts';
import {survivesKills} from '../flow/kills.ts';
import {survivesOutages} from '../flow/outage.ts';
import {survivesPoison} from '../flow/poison.ts';
import type {Trial, Verdict} from '../flow/verdict.ts';
import {survivesNode} from '../node/trial.ts';
import {survivesStrangers} from '../strangers/strangers.ts';
import {help, type Options, readOptions} from './options.ts';
import {type Outcome, printSummary, printVerdict} from './print.ts';

/** Each ends with a verdict, or with a sentence that says why it can't run here. */
const trials: Readonly<Record<string, (options: Options, trial: Trial) => Promise<Verdict | string>>> = {
  kills: survivesKills,
  chaos: survivesChaos,
  burst: takesBurst,
  poison: survivesPoison,
  outage: survivesOutages,
  doors: ({doorKills, seed, state}, trial) => survivesKilledDoors({kills: doorKills, seed, state}, trial),
  strangers: ({documents, seed, minutes}, trial) =>
    survivesStrangers({documents, seed, minutes, documentPauseMs: 1_000}, trial),
  cluster: behindKnative,
  node: survivesNode,
};

/** Shorter than the Brokers go on trying, so that everything ends as if nothing had been. */
const shortOutageMs = 5_000;

async function behindKnative({documents, serviceKills, seed}: Options, trial: Trial): Promise<Verdict> {
  const options = {documents, serviceKills, outages: 2, outageMs: shortOutageMs, seed};
  const byHand = {timeout: () => {}, falsy: () => true};
  const verdict = await survivesCluster(options, trial, (services) => startKnative(byHand, services));
  if (verdict === undefined) throw new Error('Knative can not be started here, as was said.');
  return verdict;
}

try {
  const options = readOptions(process.argv.slice(2), Object.keys(trials));
  if (options.help) process.stdout.write(help);
  else process.exitCode = (await runAll(options)) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}

/** Runs the trials that were asked for, one after the other. Resolves with whether all claims held. */
async function runAll(options: Options): Promise<boolean> {
  const held = new Map<string, Outcome>();
  for (const name of options.trials) {
    process.stdout.write(`\n${name}, ${options.documents} documents, seed ${options.seed}\n`);
    held.set(name, await runOne(name, options));
  }
  printSummary(held);
  return [...held.values()].every((outcome) => outcome !== 'FAILED');
}

async function runOne(name: string, options: Options): Promise<Outcome> {
  const folder = await mkdtemp(path.join(tmpdir(), `dip-endurance-${name}-`));
  const ends: (() => Promise<unknown> | unknown)[] = [];
  const begin = performance.now();
  const say = (sentence: string) => {
    const seconds = ((performance.now() - begin) / 1000).toFixed(1).padStart(7);
    process.stdout.write(`${seconds} s  ${sentence}\n`);
  };
  let outcome: Outcome = 'FAILED';
  try {
    const verdict = await trials[name]?.(options, {folder, atEnd: (end) => ends.unshift(end), say});
    if (typeof verdict === 'string') {
      process.stdout.write(`  SKIPPED  ${verdict}\n`);
      outcome = 'SKIPPED';
    } else if (verdict !== undefined && printVerdict(verdict)) outcome = 'ok';
  } catch (error) {
    process.stdout.write(`  FAILED   the trial broke off: ${error instanceof Error ? error.stack : error}\n`);
  }
  for (const end of ends) await end();
  if (outcome !== 'FAILED') await rm(folder, {recursive: true, force: true, maxRetries: 50, retryDelay: 100});
  else process.stdout.write(`           what it left is in ${folder}\n`);
  return outcome;
}
