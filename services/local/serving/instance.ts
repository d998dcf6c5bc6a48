import type {ChildProcess} from 'node:child_process';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {messageOf} from '#kit';
import {codeOf} from '#kit/wire';
import type {KnativeService} from '#manifests';
import {freePort} from './free-port.ts';
import {killGroup, spawnOnLeash} from './leash.ts';
import {isReady} from './readiness.ts';
import {openLog, type ServiceLog} from './service-log.ts';

/** Where and how services are started. */
export interface Launch {
  /** The environment that all services inherit, before their own. */
  environment: Readonly<Record<string, string | undefined>>;
  /** What stands for the word `dip` in a command. */
  dip: readonly string[];
  directory: string;
  /** A log file for each service is kept here. */
  logFolder: string;
  /** Told what a person should know of a start that went on all the same. */
  warn?: (sentence: string) => void;
  /** How long a service may take until it is ready, in milliseconds. (Default: 30 seconds) */
  startMs?: number;
  /** How long it may take to end its work when told to stop, in milliseconds. (Default: 10 seconds) */
  drainMs?: number;
  /** A service without work runs on for at least this time, in milliseconds. (Default: 5 seconds) */
  shortestIdleMs?: number;
}

/** A process that runs a service. */
export interface Instance {
  /** Its address: `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly pid: number;
  /** Resolves when the process has ended, with a sentence that says how. */
  readonly ended: Promise<string>;
  /** Tells it to end, and makes it after some seconds. */
  stop(): Promise<void>;
}

/**
 * Starts a process of a service and waits until it is ready.
 *
 * @throws Error with what it said last, when it ends before or is not ready in time, or `signal` is aborted.
 */
export async function launch(
  service: KnativeService,
  env: Readonly<Record<string, string>>,
  {signal, ...options}: Launch & {signal: AbortSignal},
): Promise<Instance> {
  const {instance, port, log} = await begin(service, env, options).catch((error: unknown) => {
    // Such as no more files that may be open: it has not even begun.
    if (codeOf(error) === '') throw error;
    throw new Error(`Service ${service.name} did not start: ${messageOf(error)}`, {cause: error});
  });
  await untilReady(instance, service, {port, startMs: options.startMs ?? 30_000, signal, log});
  return instance;
}

async function begin(
  service: KnativeService,
  env: Readonly<Record<string, string>>,
  options: Launch,
): Promise<{instance: Instance; port: number; log: ServiceLog}> {
  const {name, namespace, command} = service;
  if (command === null) {
    throw new Error(
      `Service ${namespace}/${name} can't be started here: its template has no annotation dip.dev/command (${service.file}).`,
    );
  }
  const port = await freePort();
  const environment = {...options.environment, ...knativeEnvironment(service, port), ...env};
  const words = command[0] === 'dip' ? [...options.dip, ...command.slice(1)] : command;
  const log = openLog(logFileOf(service, options), (sentence) => options.warn?.(`${name}: ${sentence}`));
  const child = spawnOnLeash(words, {
    environment,
    directory: options.directory,
    log: log.descriptor,
  });
  log.close();
  const ended = endOf(child, log);
  const instance = {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    ended,
    stop: () => stop(child, ended, options.drainMs ?? 10_000),
  };
  return {instance, port, log};
}

/** Characters of what a service said last, for a person at a terminal. */
const mostWords = 400;

/** Where what a service says is kept. */
export function logFileOf({name}: KnativeService, {logFolder}: Pick<Launch, 'logFolder'>): string {
  return path.join(logFolder, `${name}.log`);
}

/** Knative's runtime contract: what every container finds in its environment. */
function knativeEnvironment({name}: KnativeService, port: number): Record<string, string> {
  return {
    PORT: String(port),
    HOST: '127.0.0.1',
    K_SERVICE: name,
    K_CONFIGURATION: name,
    K_REVISION: `${name}-00001`,
  };
}

function endOf(child: ChildProcess, log: ServiceLog): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => {
      // Lets the leash go: what the program started ends with it.
      child.stdin?.destroy();
      const how = signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`;
      const words = log.lastWords().slice(0, mostWords);
      resolve(words === '' ? how : `${how}: ${words}`);
    });
    // The leash's other end may be gone before we hear of it.
    child.stdin?.on('error', () => {});
  });
}

async function untilReady(
  instance: Instance,
  {name, readinessPath}: KnativeService,
  {port, startMs, signal, log}: {port: number; startMs: number; signal: AbortSignal; log: ServiceLog},
): Promise<void> {
  const deadline = performance.now() + startMs;
  let end: string | undefined;
  void instance.ended.then((sentence) => {
    end = sentence;
  });
  for (;;) {
    const ready = await isReady(port, readinessPath);
    // Asked in this order: what answers on the port of a process that has ended is somebody else.
    if (end !== undefined) throw new Error(`Service ${name} did not start: ${end}`);
    if (ready) return;
    if (signal.aborted || performance.now() > deadline) break;
    await wait(10);
  }
  const words = log.lastWords().slice(0, mostWords);
  await instance.stop();
  if (signal.aborted) throw new Error(`Service ${name} was stopped before it was ready.`);
  const wanted =
    readinessPath === null ? 'nothing listens on PORT' : `${readinessPath} does not answer with a 2xx status`;
  const said = words === '' ? '' : ` It said: ${words}`;
  throw new Error(`Service ${name} was not ready within ${startMs / 1000} s: ${wanted}.${said}`);
}

async function stop(child: ChildProcess, ended: Promise<string>, drainMs: number): Promise<void> {
  child.kill('SIGTERM');
  const isOver = await Promise.race([ended.then(() => true), wait(drainMs, false, {ref: false})]);
  if (!isOver) killGroup(child);
  await ended;
}
