import type {KnativeService} from '#manifests';
import {type Instance, type Launch, launch} from './instance.ts';

/** The address of a service that takes a request, until it is given back. */
export interface Lease {
  readonly url: string;
  release(): void;
}

/**
 * A service between zero and one process: started by the first request, stopped when there was none for a while.
 */
export class Revision {
  readonly service: KnativeService;
  readonly #environment: () => Readonly<Record<string, string>>;
  readonly #launch: Launch;
  readonly #say: (sentence: string) => void;
  #starting: Promise<Instance> | undefined;
  #running: Instance | undefined;
  #inFlight = 0;
  #idle: NodeJS.Timeout | undefined;
  /** When the last start failed, by the monotonic clock. */
  #failedAt = Number.NEGATIVE_INFINITY;
  readonly #closing = new AbortController();
  readonly #stopping = new Set<Promise<void>>();

  constructor(options: {
    service: KnativeService;
    environment: () => Readonly<Record<string, string>>;
    launch: Launch;
    say: (sentence: string) => void;
  }) {
    this.service = options.service;
    this.#environment = options.environment;
    this.#launch = options.launch;
    this.#say = options.say;
  }

  /** Processes that run or are being started. */
  get scale(): number {
    return this.#running === undefined && this.#starting === undefined ? 0 : 1;
  }

  /** An address that takes requests, with a process started behind it if need be. @throws Error when it can't be. */
  async acquire(): Promise<Lease> {
    const {url: override} = this.service;
    if (override !== null) return {url: override, release: () => {}};
    this.#inFlight++;
    clearTimeout(this.#idle);
    try {
      const {url} = await this.#instance();
      return {url, release: () => this.#release()};
    } catch (error) {
      this.#release();
      throw error;
    }
  }

  /** Starts the service ahead of what will reach it. A failure shows when something does. */
  warm(): void {
    if (this.scale > 0 || this.service.url !== null || this.#isClosed) return;
    // Else a service that can't start would be tried with each event that passes it by.
    if (performance.now() - this.#failedAt < afterFailureMs) return;
    void this.acquire().then(
      (lease) => lease.release(),
      () => {},
    );
  }

  /** Ends the process after the work it has, and starts none any more. */
  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#idle);
    await this.#starting?.catch(() => {});
    await this.#running?.stop();
    await Promise.all(this.#stopping);
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  async #instance(): Promise<Instance> {
    if (this.#running !== undefined) return this.#running;
    if (this.#isClosed) throw new Error(`Service ${this.service.name} is being stopped.`);
    this.#starting ??= this.#start()
      .catch((error: unknown) => {
        this.#failedAt = performance.now();
        throw error;
      })
      .finally(() => {
        this.#starting = undefined;
      });
    return this.#starting;
  }

  async #start(): Promise<Instance> {
    const begin = performance.now();
    const instance = await launch(this.service, this.#environment(), {
      ...this.#launch,
      signal: this.#closing.signal,
    });
    this.#running = instance;
    this.#say(`${this.service.name} started in ${Math.round(performance.now() - begin)} ms`);
    void instance.ended.then((sentence) => {
      if (this.#running !== instance) return;
      this.#running = undefined;
      if (!this.#isClosed) this.#say(`${this.service.name} is gone: ${sentence}`);
    });
    return instance;
  }

  #release(): void {
    this.#inFlight--;
    if (this.#inFlight > 0 || this.#isClosed || this.service.minScale > 0) return;
    clearTimeout(this.#idle);
    const idleMs = Math.max(this.service.idleMs, this.#launch.shortestIdleMs ?? shortestIdleMs);
    this.#idle = setTimeout(() => this.#scaleToZero(), idleMs);
    this.#idle.unref();
  }

  #scaleToZero(): void {
    const instance = this.#running;
    if (instance === undefined || this.#inFlight > 0) return;
    this.#running = undefined;
    this.#say(`${this.service.name} had nothing to do and was stopped`);
    const stopping: Promise<void> = instance.stop().finally(() => this.#stopping.delete(stopping));
    this.#stopping.add(stopping);
  }
}

/** A service is not stopped between two events of one document. */
const shortestIdleMs = 5_000;

/** How long a service that did not start is left alone by those who don't need it yet. */
const afterFailureMs = 10_000;
