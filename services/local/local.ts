import type {Server} from 'node:http';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {makeDataFolder} from './data-folder.ts';
import {systemClock} from './eventing/clock.ts';
import {type Eventing, openEventing} from './eventing/eventing.ts';
import {gateway} from './gateway/gateway.ts';
import {type FolderLock, takeFolder} from './lock.ts';
import type {Manifests} from './manifests/manifests.ts';
import {readManifests} from './manifests/read-manifests.ts';
import {openCarrier} from './serving/carrier.ts';
import {openServing, type Serving} from './serving/serving.ts';

export interface LocalOptions {
  /** Folders or files of manifests. */
  manifests: readonly string[];
  host: string;
  /** 0 takes a free one. */
  port: number;
  dataDirectory: string;
  /** What stands for the word `dip` in a service's command. */
  dip: readonly string[];
  /** Where services are started. */
  directory: string;
  /** What services inherit. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Told what a person at the terminal wants to know: a service that starts, an event that is given up. */
  say: (sentence: string) => void;
}

/** A running DIP. */
export interface Local {
  readonly url: string;
  /** What was read in the manifests and has no effect here. */
  readonly notes: readonly string[];
  readonly services: number;
  readonly triggers: number;
  /** Deliveries that an earlier run left to this one. */
  readonly backlog: number;
  /** Takes nothing more, ends what is under way, stops the services, closes the journal. */
  stop(): Promise<void>;
}

/** DIP on one machine: Knative's brokers, triggers and services, by the same YAML. */
export async function startLocal(options: LocalOptions): Promise<Local> {
  const manifests = await readManifests(options.manifests);
  const lock = takeDataFolder(options);
  const closing: (() => Promise<void> | void)[] = [() => lock.release()];
  try {
    return await open(options, manifests, {lock, closing});
  } catch (error) {
    for (const close of closing.toReversed()) await close();
    throw error;
  }
}

/**
 * What a service takes from its manifest alone: a shell may say it to other programs, and a workspace may itself
 * be in a pod.
 */
const notInherited = {
  DATABASE_URL: undefined,
  BLOBS_URL: undefined,
  K_SINK: undefined,
  KUBERNETES_SERVICE_HOST: undefined,
};

async function open(
  options: LocalOptions,
  manifests: Manifests,
  {lock, closing}: {lock: FolderLock; closing: (() => Promise<void> | void)[]},
): Promise<Local> {
  const {dataDirectory, say} = options;
  let url = '';
  const ownUrl = () => url;
  const serving = openServing({
    manifests,
    ownUrl,
    launch: {
      ...options,
      environment: {...options.environment, ...notInherited},
      logFolder: path.join(dataDirectory, 'logs'),
    },
    environment: {DIP_DATA_DIR: dataDirectory},
    say,
  });
  const carrier = openCarrier(serving, ownUrl);
  closing.push(() => carrier.stop());
  // A file that may not grow further is a failed write like others, not the end of us.
  process.on('SIGXFSZ', ignore);
  closing.push(() => void process.off('SIGXFSZ', ignore));
  const eventing = await openEventing({
    manifests,
    folder: path.join(dataDirectory, 'journal'),
    carrier,
    clock: systemClock,
    warn: say,
    onAccept: (broker) => serving.warm(broker),
  });
  closing.push(() => eventing.close());
  for (const loss of eventing.losses) say(loss);
  const server = gateway({eventing, serving, hosts: [options.host.toLowerCase()]});
  url = await listen(server, options);
  lock.say(url);
  eventing.begin();
  return {
    url,
    notes: manifests.notes,
    services: manifests.services.length,
    triggers: manifests.triggers.length,
    backlog: backlogOf(eventing),
    async stop() {
      await stop({server, eventing, carrier, serving});
      process.off('SIGXFSZ', ignore);
      lock.release();
    },
  };
}

/** How long deliveries under way may take when we stop; after that they are broken off and made again next time. */
const drainMs = 8_000;

interface Running {
  server: Server;
  eventing: Eventing;
  carrier: {stop(): Promise<void>};
  serving: Serving;
}

async function stop({server, eventing, carrier, serving}: Running): Promise<void> {
  const unheard = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const drained = eventing.close();
  await Promise.race([drained, wait(drainMs, undefined, {ref: false})]);
  await carrier.stop();
  await serving.close();
  await drained;
  server.closeAllConnections();
  await unheard;
}

function ignore(): void {}

function takeDataFolder({dataDirectory, port}: LocalOptions): FolderLock {
  makeDataFolder(dataDirectory);
  return takeFolder(path.join(dataDirectory, 'lock'), `port ${port}`);
}

function backlogOf(eventing: Eventing): number {
  return Object.values(eventing.backlog()).reduce((sum, length) => sum + length, 0);
}

function listen(server: Server, {host, port}: LocalOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      reject(
        isTaken
          ? new Error(`Port ${port} is in use by another program. Choose another with --port.`, {
              cause: error,
            })
          : error,
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      const actual = typeof address === 'object' && address !== null ? address.port : port;
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${actual}`);
    });
  });
}
