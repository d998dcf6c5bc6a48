import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {type Config, ConfigError, readConfig} from './config.ts';
import type {Service} from './definition.ts';
import {drainer} from './drain.ts';
import {messageOf} from './errors.ts';
import {goOnUnheard} from './line-writer.ts';
import {logOf} from './log.ts';
import type {OpenService} from './open-service.ts';
import {measureWhenSent} from './telemetry/metrics.ts';
import {startTelemetry} from './telemetry/start.ts';

/** A service that takes requests. */
export interface Serving {
  readonly url: string;
  /** Takes no more work, ends what is under way, closes what is open. */
  stop(): Promise<void>;
}

/** Starts a service where the configuration says. Telemetry first, as it has to be there when the rest begins. */
export async function start(service: Service, config: Config, log = logOf(service.name)): Promise<Serving> {
  const stopTelemetry = await startTelemetry(config.telemetry, {service: service.name, log});
  // Koa and the database are loaded here: whoever only reads or makes events does without them.
  const [{app, appBefore}, {openService}] = await Promise.all([
    import('./app.ts'),
    import('./open-service.ts'),
  ]);
  const readiness = {isReady: false};
  let handle = appBefore(readiness).callback();
  const limits = {keepAliveTimeout: 65_000, requestTimeout: longestRequestMs};
  // An entrance hears no events, and people's requests have short heads.
  const heads = service.opens === undefined ? {maxHeaderSize: largestHeadBytes} : {};
  const server = createServer({...limits, ...heads}, (request, response) => void handle(request, response));
  const drain = drainer(server);
  let open: OpenService | undefined;
  const close = async (limitMs?: number) => {
    // While the database is open, as the last numbers may be read there.
    await stopTelemetry(limitMs);
    await open?.close();
  };
  let url: string;
  try {
    // First of all, as a database that is away is waited for, and whoever asks meanwhile hears that this lives.
    url = await listen(server, config);
    open = await openService(service, config, log);
    measureState(open);
    handle = app(open, readiness).callback();
  } catch (error) {
    server.close();
    server.closeAllConnections();
    await close();
    throw error;
  }
  readiness.isReady = true;
  return {
    url,
    async stop() {
      readiness.isReady = false;
      const begin = performance.now();
      await drain();
      // Telemetry that nobody takes must not make work look as if it had not ended in time.
      await close(Math.max(0, drainMs - 1000 - (performance.now() - begin)));
    },
  };
}

/**
 * Of the head of a request, in which an event's attributes travel; as much as Go's servers take, such as Knative's. Node
 * takes 16 KiB, and what a broker has accepted would be refused on its way.
 */
export const largestHeadBytes = 1_048_576;

/** How long a request may take to arrive, in milliseconds: a document of 25 MiB by a line of one megabit a second. */
export const longestRequestMs = 300_000;

/** What the service's state says in numbers, read whenever metrics are sent. */
function measureState({service: {gauges = []}, reach}: OpenService): void {
  for (const gauge of gauges) measureWhenSent(gauge, () => gauge.read(reach, new Date()));
}

/** How long work under way may take once the process is told to end. Knative kills a pod some time after that. */
const drainMs = 9_000;

/** Runs a service as this process: until SIGTERM or SIGINT, then drains and ends. */
export async function serve(service: Service): Promise<void> {
  goOnUnheard();
  let serving: Serving | undefined;
  const {promise: told, resolve: tell} = Promise.withResolvers<void>();
  // Heard for good: a second one must not end what drains.
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => tell());
  // What has not started yet has taken no work.
  void told.then(() => (serving === undefined ? process.exit(0) : end(serving, service.name)));
  try {
    serving = await start(service, readConfig());
  } catch (error) {
    process.stderr.write(`${service.name}: ${messageOf(error)}\n`);
    process.exit(error instanceof ConfigError ? 78 : 1);
  }
}

async function end(serving: Serving, name: string): Promise<void> {
  setTimeout(() => {
    process.stderr.write(`${name}: some work did not end within ${drainMs} ms.\n`);
    process.exit(1);
  }, drainMs).unref();
  try {
    await serving.stop();
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${name}: ${messageOf(error)}\n`);
    process.exit(1);
  }
}

/** Connections that may wait to be taken: with Node's 511 a burst of a thousand has some reset. */
const mostWaiting = 4_096;

function listen(server: Server, {host, port}: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, mostWaiting, () => {
      const address = server.address();
      const name = host.includes(':') ? `[${host}]` : host;
      resolve(`http://${name}:${isAddressInfo(address) ? address.port : port}`);
    });
  });
}

function isAddressInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
