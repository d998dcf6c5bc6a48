/**
 * `npm run bench`: what DIP costs beside the least that it could cost, in one run on one machine. A few minutes;
 * nothing else should run meanwhile. The budgets are those of the design; a missed one ends with exit code 1.
 */
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {type ColdStarts, coldStartsBundled} from './bundled.ts';
import {documents, linesOf} from './documents.ts';
import {bareService, coldStart, fromZero, service} from './from-zero.ts';
import type {Line} from './line.ts';
import {median} from './median.ts';
import {help, type Options, readOptions} from './options.ts';
import {perDelivery} from './per-delivery.ts';
import {type Cost, perEvent} from './per-event.ts';

const {rounds, events, documents: isOfDocuments} = options();
const lines = isOfDocuments
  ? linesOf(await documents({alone: 200, together: events}))
  : [
      ...(await measureEvents()),
      ...(await measureDeliveries()),
      ...shownStarts(await coldStartsBundled(rounds)),
      ...(await measureStarts()),
    ];
print(lines);
process.exitCode = lines.every(({isKept}) => isKept) ? 0 : 1;

/** Ends the process where there is nothing to measure. */
function options(): Options {
  try {
    const read = readOptions(process.argv.slice(2));
    if (!read.help) return read;
    process.stdout.write(help);
    process.exit(0);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

async function measureEvents(): Promise<Line[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dip-bench-'));
  try {
    const {raw, accept, deliver} = await perEvent(folder, {rounds, events});
    const flush = median(accept.map(({perFlush}) => perFlush));
    return [
      {what: 'raw node:http, empty 202', measured: shown(raw), budget: '', isKept: true},
      beside('accept, durable', {costs: accept, raw, budget: 0.5}),
      beside('accept, durable, filter, deliver, ack', {costs: deliver, raw, budget: 0.25}),
      {
        what: 'events per flush at 64 writers',
        measured: flush.toFixed(1),
        budget: 'at least 32',
        isKept: flush >= 32,
      },
    ];
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

async function measureDeliveries(): Promise<Line[]> {
  const {silent, watched} = await perDelivery({rounds, events});
  const ratio = median(watched.map(({cpu}, round) => cpu / (silent[round]?.cpu ?? Number.NaN))).toFixed(2);
  return [
    {what: 'an event through a service', measured: shown(silent), budget: '', isKept: true},
    {
      what: 'the same, traced and measured',
      measured: `${shown(watched)}, ${ratio}x`,
      budget: '',
      isKept: true,
    },
  ];
}

/** The ratio is taken round by round, and its median is what counts. */
function beside(what: string, {costs, raw, budget}: {costs: Cost[]; raw: Cost[]; budget: number}): Line {
  const ratio = median(costs.map(({cpu}, round) => (raw[round]?.cpu ?? Number.NaN) / cpu)).toFixed(2);
  return {
    what,
    measured: `${shown(costs)}, ${ratio}x raw`,
    budget: `at least ${budget}x`,
    isKept: Number(ratio) >= budget,
  };
}

function shown(costs: readonly Cost[]): string {
  const cpu = median(costs.map((cost) => cost.cpu));
  const rate = median(costs.map((cost) => cost.rate));
  return `${cpu.toFixed(1)} µs, ${Math.round(rate)}/s`;
}

async function measureStarts(): Promise<Line[]> {
  const starts = await times(5, fromZero);
  const cold = await times(rounds, () => coldStart(service, '/readyz'));
  const bare = await times(rounds, () => coldStart(bareService, '/'));
  const ratio = median(cold) / median(bare);
  const answered = median(starts.map((start) => start.answered));
  const chain = median(starts.map((start) => start.chain));
  const idle = median(starts.map(({idleMiB}) => idleMiB));
  const up = median(starts.map((start) => start.up));
  return [
    {
      what: 'cold start of a service, not bundled',
      measured: `${milliseconds(median(cold))}, ${ratio.toFixed(1)}x bare`,
      budget: '',
      isKept: true,
    },
    {what: 'npm start until it is up', measured: milliseconds(up), budget: '', isKept: true},
    {
      what: 'npm start to the first document answered',
      measured: milliseconds(answered),
      budget: 'at most 3000 ms',
      isKept: answered <= 3000,
    },
    {
      what: 'the chain of services alone, from zero',
      measured: milliseconds(chain),
      budget: 'at most 1500 ms',
      isKept: chain <= 1500,
    },
    {
      what: 'idle, everything at zero',
      measured: `${idle.toFixed(0)} MiB`,
      budget: 'at most 100 MiB',
      isKept: idle <= 100,
    },
  ];
}

/** Of all services, as each does something of its own: the ratio is taken round by round, and its median counts. */
function shownStarts({bare, plain, traced}: ColdStarts): Line[] {
  const line = (what: string, starts: Record<string, number[]>, budget?: number): Line => {
    const services = Object.entries(starts).map(([name, all]) => ({name, ms: median(all)}));
    const sorted = services.toSorted((one, other) => one.ms - other.ms);
    const [quickest, slowest] = [sorted[0], sorted.at(-1)].map(
      (one) => `${one?.name} ${Math.round(one?.ms ?? 0)}`,
    );
    const ratios = Object.values(starts).flatMap((all) =>
      all.map((ms, round) => ms / (bare[round] ?? Number.NaN)),
    );
    const ratio = median(ratios).toFixed(2);
    return {
      what,
      measured: `${milliseconds(median(sorted.map(({ms}) => ms)))}, ${ratio}x bare (${quickest} … ${slowest})`,
      budget: budget === undefined ? '' : `at most ${budget}x`,
      isKept: budget === undefined || Number(ratio) <= budget,
    };
  };
  return [
    {
      what: 'cold start of a bare bundled node:http',
      measured: milliseconds(median(bare)),
      budget: '',
      isKept: true,
    },
    line('cold start of a bundled service', plain),
    line('cold start of a bundled service, tracing on', traced, 2.5),
  ];
}

function milliseconds(ms: number): string {
  return `${Math.round(ms)} ms`;
}

async function times<Result>(count: number, run: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  // The first one warms the caches of compiled code up, as an earlier start would have.
  await run();
  for (let n = 0; n < count; n++) results.push(await run());
  return results;
}

function print(table: readonly Line[]): void {
  const width = (column: 'what' | 'measured') => Math.max(...table.map((line) => line[column].length)) + 2;
  for (const {what, measured, budget, isKept} of table)
    console.log(
      `${what.padEnd(width('what'))}${measured.padEnd(width('measured'))}${budget}${isKept ? '' : '  MISSED'}`,
    );
}
