import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {promisify} from 'node:util';
import {type ServerProcess, startServer} from './server-process.ts';

/** What one event costs in one round. */
export interface Cost {
  /** Processor time of the server, in microseconds. */
  cpu: number;
  /** Events a second, until the last is delivered. */
  rate: number;
  /** Events that share a flush; 0 where nothing is flushed. */
  perFlush: number;
}

/** Processor time per event of three servers, round by round in turn. */
export interface PerEvent {
  raw: Cost[];
  accept: Cost[];
  deliver: Cost[];
}

const connections = 64;

/**
 * Measures the three side by side: the machine's mood changes from minute to minute, so only what was measured in
 * the same round may be compared.
 */
export async function perEvent(
  folder: string,
  {rounds, events}: {rounds: number; events: number},
): Promise<PerEvent> {
  const subscriber = await startServer('raw-server.ts');
  const url = `http://127.0.0.1:${subscriber.port}/events`;
  const servers = {
    raw: await startServer('raw-server.ts'),
    accept: await startServer('broker-server.ts', [join(folder, 'accept')]),
    deliver: await startServer('broker-server.ts', [join(folder, 'deliver'), url]),
  };
  const costs: PerEvent = {raw: [], accept: [], deliver: []};
  const kinds = ['raw', 'accept', 'deliver'] as const;
  for (const kind of kinds) await measure(servers[kind], events);
  for (let round = 0; round < rounds; round++)
    for (const kind of kinds) costs[kind].push(await measure(servers[kind], events));
  for (const server of [subscriber, ...Object.values(servers)]) server.stop();
  return costs;
}

/** Hands so many events to a server; where nothing else is said to DIP's broker, which answers 202. */
export async function measure(
  server: ServerProcess,
  events: number,
  {path, status} = {path: '/dip/default', status: 202},
): Promise<Cost> {
  const before = await server.standing();
  const begin = performance.now();
  await load(server.port, [events, path, status]);
  let after = await server.standing();
  while (after.left > 0) {
    await wait(5);
    after = await server.standing();
  }
  const seconds = (performance.now() - begin) / 1000;
  const flushes = after.flushes - before.flushes;
  return {
    cpu: (after.cpu - before.cpu) / events,
    rate: events / seconds,
    perFlush: flushes === 0 ? 0 : events / flushes,
  };
}

async function load(port: number, given: readonly (string | number)[]): Promise<void> {
  const words = [join(import.meta.dirname, 'load.ts'), port, connections, ...given].map(String);
  await promisify(execFile)(process.execPath, words);
}
