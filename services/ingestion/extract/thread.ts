import {getHeapStatistics} from 'node:v8';
import {Worker} from 'node:worker_threads';
import type {Extraction, Hints} from './extract.ts';
import {limits} from './limits.ts';
import {isOfSystem, type Reason} from './unreadable.ts';

/** What the thread is asked. */
export interface Question {
  bytes: Uint8Array<ArrayBuffer>;
  hints: Hints;
}

/** What the thread says: once that it is ready, then one extraction to each question. */
export type ThreadAnswer = 'ready' | Extraction;

interface Bounds {
  timeoutMs: number;
  maxRssBytes: number;
}

/** How often memory is looked at. An allocating thread gains some 100 MB in this time. */
const watchMs = 50;
/** Growth that makes a document guilty: memory that earlier ones left behind is not the fault of this one. */
const guiltyBytes = 64 * 1024 * 1024;
/** Growth after which a thread is replaced: WebAssembly memory is never given back while the thread lives. */
const spentBytes = 320 * 1024 * 1024;

/**
 * One thread that reads one document at a time; it is replaced when a document broke it, and a document that
 * does not end in time or takes too much memory ends with it.
 */
export class ReadingThread {
  readonly #bounds: Bounds;
  #starting: Starting | undefined;
  #rssAtStart: number | undefined;
  #closed = false;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** @throws Error when the thread can't start, which is no document's fault. */
  async start(): Promise<void> {
    await this.#ready();
  }

  /** Reads a document; the bytes are handed over. @throws Error when closed, or when the machine has no room for it. */
  async read(bytes: Uint8Array<ArrayBuffer>, hints: Hints): Promise<Extraction> {
    const worker = await this.#ready();
    worker.ref();
    const outcome = await ask(worker, {bytes, hints}, this.#bounds).catch(async (error: unknown) => {
      // What it could not load it never tries to load again.
      await this.#end();
      throw error;
    });
    worker.unref();
    if (this.#closed) throw closedError();
    if (!('fault' in outcome)) {
      if (grown(this.#rssAtStart, residentBytes()) > spentBytes) await this.#end();
      return outcome;
    }
    await this.#end();
    return {outcome: 'rejected', reason: outcome.fault};
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#end();
  }

  #ready(): Promise<Worker> {
    if (this.#closed) return Promise.reject(closedError());
    const starting = this.#starting ?? this.#begin();
    return starting.ready.catch((error: unknown) => {
      throw this.#closed ? closedError() : error;
    });
  }

  #begin(): Starting {
    this.#rssAtStart = residentBytes();
    const starting = startWorker();
    this.#starting = starting;
    const forget = () => {
      if (this.#starting === starting) this.#starting = undefined;
    };
    starting.worker.once('exit', forget);
    starting.ready.catch(forget);
    return starting;
  }

  /** At once, be the thread ready or still loading what it reads with. */
  async #end(): Promise<void> {
    const ending = this.#starting;
    this.#starting = undefined;
    await ending?.worker.terminate();
  }
}

/** A thread, and when it listens. */
interface Starting {
  readonly worker: Worker;
  readonly ready: Promise<Worker>;
}

function closedError(): Error {
  return new Error('Expected an open extractor, got one that was closed.');
}

/** Starts a thread. It sees no environment, so a hostile file finds no secrets. */
function startWorker(): Starting {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    name: 'extract',
    env: {},
    resourceLimits: {maxOldGenerationSizeMb: limits.threadHeapMb},
  });
  // Without a listener an error between two documents would end the process, and not just the thread.
  worker.on('error', () => undefined);
  const {promise: ready, resolve, reject} = Promise.withResolvers<Worker>();
  worker.once('message', () => {
    worker.unref();
    resolve(worker);
  });
  worker.once('error', reject);
  worker.once('exit', (code) => reject(new Error(`The reading thread ended at its start, with ${code}.`)));
  return {worker, ready};
}

/**
 * Asks the thread, and settles when it answers, breaks, runs out of time or takes too much memory.
 *
 * @throws Error when the machine had no room for it: that is no document's fault.
 */
function ask(worker: Worker, question: Question, bounds: Bounds): Promise<Extraction | {fault: Reason}> {
  const {promise, resolve, reject} = Promise.withResolvers<Extraction | {fault: Reason}>();
  const before = threadBytes();
  const answered = (answer: Extraction) => resolve(answer);
  const broke = (error: unknown) => {
    if (isOfSystem(error)) reject(error);
    else resolve({fault: isOutOfMemory(error) ? 'too-large' : 'corrupt'});
  };
  const ended = () => resolve({fault: 'corrupt'});
  const late = setTimeout(() => resolve({fault: 'timed-out'}), bounds.timeoutMs);
  const watch = setInterval(() => {
    const rss = residentBytes();
    if (rss !== undefined && rss > bounds.maxRssBytes && grown(before, threadBytes()) > guiltyBytes)
      resolve({fault: 'too-large'});
  }, watchMs);
  worker.on('message', answered).on('error', broke).on('exit', ended);
  worker.postMessage(question, [question.bytes.buffer]);
  return promise.finally(() => {
    clearTimeout(late);
    clearInterval(watch);
    worker.off('message', answered).off('error', broke).off('exit', ended);
  });
}

/**
 * What the process holds besides this thread's own memory: mostly the reading thread's. What arrives at the front door
 * meanwhile is no fault of the document that is being read.
 */
function threadBytes(): number | undefined {
  const rss = residentBytes();
  if (rss === undefined) return undefined;
  const {total_heap_size: heap, external_memory: external} = getHeapStatistics();
  return rss - heap - external;
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** Memory of the process; undefined where no more files may be open, as the system says it in one. */
function residentBytes(): number | undefined {
  try {
    return process.memoryUsage.rss();
  } catch {
    return undefined;
  }
}

/** Bytes that were gained; what is not known was not. */
function grown(before: number | undefined, now: number | undefined): number {
  return before === undefined || now === undefined ? 0 : now - before;
}
