import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdir, mkdtemp, rm} from 'node:fs/promises';
import http from 'node:http';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {buildService} from '../../services/image/build.ts';
import {runBuilt} from '../../services/image/built-service.ts';
import {bundleScript} from '../../services/image/bundle.ts';
import {buildable} from '../../services/image/services.ts';
import {freePort} from '../kit/ports.ts';

/** How long a process takes from its start to its first 200, in milliseconds, round by round. */
export interface ColdStarts {
  /** The least that a bundled service can be: Node's own HTTP server. */
  bare: number[];
  /** By service. */
  plain: Record<string, number[]>;
  /** With telemetry sent to a collector that takes it. */
  traced: Record<string, number[]>;
}

/**
 * Starts every service as its image does, out of its bundle and its code cache, one after the other round by round. The
 * data are there already, as they are when a service comes back from zero.
 */
export async function coldStartsBundled(rounds: number): Promise<ColdStarts> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dip-bench-'));
  const collector = await openCollector();
  try {
    const services = await buildable();
    const built = await buildAll(services, folder);
    const starts: ColdStarts = {bare: [], plain: {}, traced: {}};
    for (let round = -1; round < rounds; round++) {
      const bare = await coldStart(built.bare, folder);
      if (round >= 0) starts.bare.push(bare);
      for (const name of services) {
        const out = path.join(folder, name);
        const plain = await coldStart(out, folder);
        const traced = await coldStart(out, folder, {OTEL_EXPORTER_OTLP_ENDPOINT: collector.url});
        // The first round makes the data, and warms up what the kernel keeps of files.
        if (round < 0) continue;
        starts.plain[name] = [...(starts.plain[name] ?? []), plain];
        starts.traced[name] = [...(starts.traced[name] ?? []), traced];
      }
    }
    return starts;
  } finally {
    collector.close();
    await rm(folder, {recursive: true, force: true});
  }
}

async function buildAll(services: readonly string[], folder: string): Promise<{bare: string}> {
  const bare = path.join(folder, 'bare');
  await mkdir(bare);
  const contents = `import {createServer} from 'node:http';
    const server = createServer((_request, response) => response.end('ready'));
    process.once('SIGTERM', () => process.exit());
    server.listen(Number(process.env.PORT), '127.0.0.1');`;
  await bundleScript('service', contents, {found: {files: new Map(), threads: new Map()}, out: bare});
  const running = await runBuilt(bare, {node: process.execPath, env: {}});
  await running.writeCaches(['service']);
  await running.stop();
  for (const name of services) {
    const node = services[0] === name ? process.execPath : path.join(folder, services[0] ?? '', 'node');
    await buildService(name, path.join(folder, name), node);
  }
  return {bare};
}

async function coldStart(
  out: string,
  folder: string,
  telemetry: Record<string, string> = {},
): Promise<number> {
  const port = await freePort();
  const env = {
    ...telemetry,
    PORT: String(port),
    DIP_DATA_DIR: path.join(folder, 'data'),
    DIP_SERVICES_URL: 'http://{service}.localhost',
  };
  const begin = performance.now();
  const child = spawn(process.execPath, [path.join(out, 'service.mjs')], {env, stdio: 'ignore'});
  const ended = once(child, 'exit');
  while (child.exitCode === null && (await statusOf(`http://127.0.0.1:${port}/readyz`)) !== 200)
    await wait(1);
  const took = performance.now() - begin;
  if (child.exitCode !== null) throw new Error(`${out} ended with ${child.exitCode} before it was ready.`);
  child.kill('SIGTERM');
  await ended;
  return took;
}

function statusOf(url: string): Promise<number> {
  return new Promise((resolve) => {
    const request = http.get(url, {agent: false}, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    request.on('error', () => resolve(0));
  });
}

async function openCollector(): Promise<{url: string; close(): void}> {
  const server = http.createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('Expected a port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
