import {Worker} from 'node:worker_threads';
import type {Extraction, Hints} from './extract.ts';
import {limits} from './limits.ts';
import type {Reason} from './unreadable.ts';

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
  #worker: Promise<Worker> | undefined;
  #rssAtStart = 0;
  #closed = false;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** @throws Error when the thread can't start, which is no document's fault. */
  async start(): Promise<void> {
    await this.#ready();
  }

  /** Reads a document; the bytes are handed over. @throws Error when closed. */
  async read(bytes: Uint8Array<ArrayBuffer>, hints: Hints): Promise<Extraction> {
    const worker = await this.#ready();
    worker.ref();
    const outcome = await ask(worker, {bytes, hints}, this.#bounds);
    worker.unref();
    if (this.#closed) throw closedError();
    if (!('fault' in outcome)) {
      if (process.memoryUsage.rss() - this.#rssAtStart > spentBytes) await this.#end();
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
    if (this.#worker) return this.#worker;
    this.#rssAtStart = process.memoryUsage.rss();
    const starting = startWorker();
    this.#worker = starting;
    const forget = () => {
      if (this.#worker === starting) this.#worker = undefined;
    };
    starting.then((worker) => worker.once('exit', forget), forget);
    return starting;
  }

  async #end(): Promise<void> {
    const ending = this.#worker;
    this.#worker = undefined;
    const worker = await ending?.catch(() => undefined);
    await worker?.terminate();
  }
}

function closedError(): Error {
  return new Error('Expected an open extractor, got one that was closed.');
}

/** Starts a thread and waits until it listens. It sees no environment, so a hostile file finds no secrets. */
function startWorker(): Promise<Worker> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    name: 'extract',
    env: {},
    resourceLimits: {maxOldGenerationSizeMb: limits.threadHeapMb},
  });
  // Without a listener an error between two documents would end the process, and not just the thread.
  worker.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    worker.once('message', () => {
      worker.unref();
      resolve(worker);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The reading thread ended at its start, with ${code}.`)));
  });
}

/** Asks the thread, and settles when it answers, breaks, runs out of time or takes too much memory. */
function ask(worker: Worker, question: Question, bounds: Bounds): Promise<Extraction | {fault: Reason}> {
  const {promise, resolve} = Promise.withResolvers<Extraction | {fault: Reason}>();
  const before = threadBytes();
  const answered = (answer: Extraction) => resolve(answer);
  const broke = (error: unknown) => resolve({fault: isOutOfMemory(error) ? 'too-large' : 'corrupt'});
  const ended = () => resolve({fault: 'corrupt'});
  const late = setTimeout(() => resolve({fault: 'timed-out'}), bounds.timeoutMs);
  const watch = setInterval(() => {
    if (process.memoryUsage.rss() > bounds.maxRssBytes && threadBytes() - before > guiltyBytes)
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
function threadBytes(): number {
  const {rss, heapTotal, external} = process.memoryUsage();
  return rss - heapTotal - external;
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
