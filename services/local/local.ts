import type {Server} from 'node:http';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {identityFolder} from '#kit/wire';
import type {Manifests} from '#manifests';
import {readManifests} from '#manifests';
import {inDataFolder, makeDataFolder} from './data-folder.ts';
import {systemClock} from './eventing/clock.ts';
import {type Eventing, openEventing} from './eventing/eventing.ts';
import {watchFolder} from './folder-watch.ts';
import {type FolderLock, takeFolder} from './lock.ts';
import {isShortOfFiles, openFilesLimit} from './open-files.ts';
import {makeOwnIdentity} from './own-identity.ts';
import {openPorts, type Ports} from './ports.ts';
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
  /** Resolves when the data folder is taken away, with a sentence that names what is gone; nothing is kept any more then. */
  readonly lost: Promise<string>;
  /** Takes nothing more, ends what is under way, stops the services, closes the journal. */
  stop(): Promise<void>;
}

/** DIP on one machine: Knative's brokers, triggers and services, by the same YAML. */
export async function startLocal(options: LocalOptions): Promise<Local> {
  const isShort = isShortOfFiles(openFilesLimit());
  const manifests = await readManifests(options.manifests);
  const lock = await takeDataFolder(options);
  const closing: (() => Promise<void> | void)[] = [() => lock.release()];
  try {
    return await open(options, manifests, {lock, closing, isShort});
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
  // It names one program, and each service has its own name.
  OTEL_SERVICE_NAME: undefined,
};

async function open(
  options: LocalOptions,
  manifests: Manifests,
  {lock, closing, isShort}: {lock: FolderLock; closing: (() => Promise<void> | void)[]; isShort: boolean},
): Promise<Local> {
  const {dataDirectory, say} = options;
  await inDataFolder(dataDirectory, () => makeOwnIdentity(dataDirectory));
  const ports: Ports = {url: '', ownUrl: '', servers: []};
  const ownUrl = () => ports.ownUrl;
  const serving = openServing({
    manifests,
    ownUrl,
    launch: {
      ...options,
      environment: {...options.environment, ...notInherited},
      logFolder: path.join(dataDirectory, 'logs'),
    },
    environment: {DIP_DATA_DIR: dataDirectory, DIP_IDENTITY_DIR: identityFolder(dataDirectory)},
    say,
  });
  const carrier = openCarrier(serving, ownUrl);
  closing.push(() => carrier.stop());
  // What Node could not load once it never loads again.
  if (isShort) await Promise.all([carrier.load(), import('jose')]);
  // A file that may not grow further is a failed write like others, not the end of us.
  process.on('SIGXFSZ', ignore);
  closing.push(() => void process.off('SIGXFSZ', ignore));
  const eventing = await inDataFolder(dataDirectory, () =>
    openEventing({
      manifests,
      folder: path.join(dataDirectory, 'journal'),
      carrier,
      clock: systemClock,
      warn: say,
      onAccept: (broker) => serving.warm(broker),
    }),
  );
  closing.push(() => eventing.close());
  for (const loss of eventing.losses) say(loss);
  closing.push(() => {
    for (const server of ports.servers) server.close();
  });
  await openPorts(ports, {eventing, serving}, options);
  lock.say(ports.url);
  eventing.begin();
  const {promise: lost, resolve: lose} = Promise.withResolvers<string>();
  const endWatch = watchFolder(dataDirectory, (file) => lose(lossOf(dataDirectory, file)));
  return {
    url: ports.url,
    notes: manifests.notes,
    services: manifests.services.length,
    triggers: manifests.triggers.length,
    backlog: backlogOf(eventing),
    lost,
    async stop() {
      endWatch();
      await stop({servers: ports.servers, eventing, carrier, serving});
      process.off('SIGXFSZ', ignore);
      lock.release();
    },
  };
}

/** How long deliveries under way may take when we stop; after that they are broken off and made again next time. */
const drainMs = 8_000;

interface Running {
  servers: readonly Server[];
  eventing: Eventing;
  carrier: {stop(): Promise<void>};
  serving: Serving;
}

async function stop({servers, eventing, carrier, serving}: Running): Promise<void> {
  const unheard = servers.map((server) => new Promise((resolve) => server.close(resolve)));
  for (const server of servers) server.closeIdleConnections();
  const drained = eventing.close();
  await Promise.race([drained, wait(drainMs, undefined, {ref: false})]);
  await carrier.stop();
  await serving.close();
  await drained;
  for (const server of servers) server.closeAllConnections();
  await Promise.all(unheard);
}

function ignore(): void {}

async function takeDataFolder({dataDirectory, port, say}: LocalOptions): Promise<FolderLock> {
  await makeDataFolder(dataDirectory, say);
  return inDataFolder(dataDirectory, () => takeFolder(path.join(dataDirectory, 'lock'), `port ${port}`));
}

function lossOf(folder: string, file: string): string {
  return `The data folder ${folder} was deleted or moved, or changed by another program, while DIP was running: ${file} is not what it was. DIP stops, as nothing would be kept. Put it back, or begin with an empty folder, and start DIP again.`;
}

function backlogOf(eventing: Eventing): number {
  return Object.values(eventing.backlog()).reduce((sum, length) => sum + length, 0);
}
