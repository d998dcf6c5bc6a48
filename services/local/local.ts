import {mkdirSync} from 'node:fs';
import type {Server} from 'node:http';
import path from 'node:path';
import {messageOf} from '#kit';
import {systemClock} from './eventing/clock.ts';
import {type Eventing, openEventing} from './eventing/eventing.ts';
import {gateway} from './gateway/gateway.ts';
import {takeFolder} from './lock.ts';
import {readManifests} from './manifests/read-manifests.ts';
import {openCarrier} from './serving/carrier.ts';
import {openServing} from './serving/serving.ts';

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
  const {dataDirectory} = options;
  makeFolders(dataDirectory);
  const lock = takeFolder(path.join(dataDirectory, 'lock'), `port ${options.port}`);
  let url = '';
  const ownUrl = () => url;
  const serving = openServing({
    manifests,
    ownUrl,
    launch: {...options, logFolder: path.join(dataDirectory, 'logs')},
    environment: {DIP_DATA_DIR: dataDirectory, NODE_COMPILE_CACHE: path.join(dataDirectory, 'compile-cache')},
    say: options.say,
  });
  const carrier = openCarrier(serving, ownUrl);
  const eventing = await openEventing({
    manifests,
    folder: path.join(dataDirectory, 'journal'),
    carrier,
    clock: systemClock,
    warn: options.say,
    onAccept: (broker) => serving.warm(broker),
  });
  const server = gateway({eventing, serving, hosts: [options.host.toLowerCase()]});
  try {
    url = await listen(server, options);
  } catch (error) {
    await eventing.close();
    lock.release();
    throw error;
  }
  lock.say(url);
  eventing.begin();
  return {
    url,
    notes: manifests.notes,
    services: manifests.services.length,
    triggers: manifests.triggers.length,
    backlog: backlogOf(eventing),
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await eventing.close();
      await serving.close();
      server.closeAllConnections();
      await closed;
      await carrier.close();
      lock.release();
    },
  };
}

function makeFolders(dataDirectory: string): void {
  try {
    mkdirSync(path.join(dataDirectory, 'logs'), {recursive: true});
  } catch (error) {
    throw new Error(
      `The data folder ${dataDirectory} can't be written: ${messageOf(error)}. Choose another with --data-dir.`,
      {cause: error},
    );
  }
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
