import {readFileSync} from 'node:fs';
import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {type Dip, startDip} from '../dip-process.ts';
import {letterOf} from './letter.ts';
import type {Line} from './line.ts';
import {median, quantile} from './median.ts';

/** What a document takes from the front door to its answer, through all services as they run on one machine. */
export interface Documents {
  /** One after another: milliseconds from the first byte sent until its answer is there. */
  readonly alone: {readonly p50: number; readonly p99: number};
  /** Documents a second, many at once, until the last has its answer. */
  readonly perSecond: number;
  /** Milliseconds between a fact and the one that follows, in the mean, one document after another. */
  readonly hops: ReadonlyMap<string, number>;
  /** Milliseconds of processor time for a document of many, by process. */
  readonly processor: ReadonlyMap<string, number>;
}

/** How many documents are handed in. */
export interface Load {
  /** One after another. */
  readonly alone: number;
  /** At once. */
  readonly together: number;
}

/** Documents on their way at once, as so many people hand theirs in. */
const hands = 32;

/** Starts DIP in a folder of its own, and hands it letters, each another one. */
export async function documents({alone, together}: Load): Promise<Documents> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dip-bench-'));
  const dip = await startDip(folder);
  try {
    await answerTogether(dip, 0, warmUp);
    const times: number[] = [];
    const facts: Fact[][] = [];
    for (let number = 0; number < alone; number++) {
      const begin = performance.now();
      facts.push(await answered(dip, warmUp + number));
      times.push(performance.now() - begin);
    }
    const before = await processorTimes(dip.pid);
    const begin = performance.now();
    await answerTogether(dip, warmUp + alone, together);
    const seconds = (performance.now() - begin) / 1000;
    const after = await processorTimes(dip.pid);
    return {
      alone: {p50: median(times), p99: quantile(times, 0.99)},
      perSecond: together / seconds,
      hops: hopsOf(facts),
      processor: new Map([...after].map(([name, ms]) => [name, (ms - (before.get(name) ?? 0)) / together])),
    };
  } finally {
    await dip.kill();
    await rm(folder, {recursive: true, force: true, maxRetries: 50, retryDelay: 100});
  }
}

/** What was measured, with its budgets; those are of two cores that do nothing else. */
export function linesOf({alone, perSecond, hops, processor}: Documents): Line[] {
  const free = {budget: '', isKept: true};
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return [
    {
      what: 'a document until it is answered, one after another',
      measured: `${ms(alone.p50)}, of 99 in 100 ${ms(alone.p99)}`,
      budget: 'at most 30 ms',
      isKept: alone.p50 <= 30,
    },
    ...[...hops].map(([name, value]) => ({what: `  ${name}`, measured: ms(value), ...free})),
    {
      what: `documents answered, ${hands} handed in at once`,
      measured: `${perSecond.toFixed(0)}/s`,
      budget: 'at least 100/s',
      isKept: perSecond >= 100,
    },
    ...[...processor].map(([name, value]) => ({
      what: `  processor time of one: ${name}`,
      measured: ms(value),
      ...free,
    })),
  ];
}

/** Documents before it is measured: every service runs, and its code is compiled. */
const warmUp = 200;

/** Hands letters in, many at once, and waits until none is under way. */
async function answerTogether(dip: Dip, from: number, count: number): Promise<void> {
  const numbers = Array.from({length: count}, (_, index) => from + index).values();
  await Promise.all(
    Array.from({length: hands}, async () => {
      for (const number of numbers) await handIn(dip, number, {});
    }),
  );
  const ended = from + count;
  while ((await countOf(dip, 'answered')) < ended) {
    const failed = await countOf(dip, 'failed');
    if (failed > 0) throw new Error(`Expected all letters to be answered, and ${failed} failed.`);
    // Looking costs the archive some milliseconds of what is measured.
    await wait(100);
  }
}

/** How many documents are in a status. */
async function countOf({url}: Dip, status: string): Promise<number> {
  const response = await fetch(`${url}/api/archive/documents?status=${status}&limit=1`);
  return JSON.parse(await response.text()).total;
}

interface Fact {
  readonly type: string;
  readonly time: string;
}

/** Hands a letter in, and waits for its answer. */
async function answered(dip: Dip, number: number): Promise<Fact[]> {
  const response = await handIn(dip, number, {prefer: 'wait=60'});
  const {status, facts} = JSON.parse(await response.text());
  if (status === 'answered') return facts;
  throw new Error(`Expected letter ${number} to be answered, got ${response.status} ${status}.`);
}

async function handIn({url}: Dip, number: number, headers: Record<string, string>): Promise<Response> {
  const response = await fetch(`${url}/api/ingestion/documents`, {
    method: 'POST',
    headers: {'content-type': 'text/plain', ...headers},
    body: letterOf(number),
  });
  if (response.ok) return response;
  throw new Error(`Expected letter ${number} to be taken, got ${response.status} ${await response.text()}.`);
}

/** By the short names of both facts, such as `received → ingested`. */
function hopsOf(facts: readonly (readonly Fact[])[]): Map<string, number> {
  const between = facts.flatMap((chain) =>
    chain.slice(1).map((fact, index) => {
      const before = chain[index] ?? fact;
      const name = `${before.type.split('.').at(-1)} → ${fact.type.split('.').at(-1)}`;
      return {name, ms: Date.parse(fact.time) - Date.parse(before.time)};
    }),
  );
  const hops = Map.groupBy(between, ({name}) => name);
  return new Map([...hops].map(([name, each]) => [name, mean(each.map(({ms}) => ms))]));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Milliseconds of processor time so far of DIP and its services, by name. */
async function processorTimes(pid: number): Promise<Map<string, number>> {
  const stats = (await readdir('/proc'))
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)));
  const ours = stats.filter((stat) => stat.pid === pid || stat.parent === pid);
  return new Map(ours.map((stat) => [stat.pid === pid ? 'dip' : nameOf(stat.pid), stat.ms]));
}

/** A clock's step is 10 ms in what Linux tells here (proc_pid_stat(5)). */
function statOf(pid: number): {pid: number; parent: number; ms: number}[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent = 0, user = 0, system = 0] = [fields[1], fields[11], fields[12]];
    return [{pid, parent, ms: (user + system) * 10}];
  } catch {
    // It has ended since it was listed.
    return [];
  }
}

/** As `dip serve NAME` has it. */
function nameOf(pid: number): string {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  return words[words.indexOf('serve') + 1] ?? words.join(' ');
}
