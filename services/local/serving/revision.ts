import {messageOf} from '#kit';
import type {KnativeService} from '#manifests';
import {type Instance, type Launch, launch, logFileOf} from './instance.ts';

/** A service does not start. */
export class NotStarted extends Error {
  override readonly name = 'NotStarted';
  /** Milliseconds until it is tried again for those who can wait. */
  readonly afterMs: number;

  constructor(message: string, options: ErrorOptions & {afterMs: number}) {
    super(message, options);
    this.afterMs = options.afterMs;
  }
}

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
  /** The starts that failed since the last that did not. */
  #failures = 0;
  #lastFailure: {sentence: string; cause: unknown; at: number} | undefined;
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
    this.#launch = {warn: options.say, ...options.launch};
    this.#say = options.say;
  }

  get #logFile(): string {
    return logFileOf(this.service, this.#launch);
  }

  /** Processes that run or are being started. */
  get scale(): number {
    return this.#running === undefined && this.#starting === undefined ? 0 : 1;
  }

  /**
   * An address that takes requests, with a process started behind it if need be.
   *
   * @param isPatient takes the last failure for an answer for some seconds: an event can wait, a person does not
   * @throws NotStarted when it can't be started, another Error when we stop.
   */
  async acquire({isPatient = false} = {}): Promise<Lease> {
    const {url: override} = this.service;
    if (override !== null) return {url: override, release: () => {}};
    const restMs = this.#restMs();
    if (isPatient && restMs > 0 && this.scale === 0) throw this.#notStarted(restMs);
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
    if (this.#failures > 0 && this.#sinceFailureMs() < longestRestMs) return;
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
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#starting = undefined;
      });
    return this.#starting;
  }

  /** Keeps why it does not start, and says it: once, until there is another reason or it has started. */
  #fail(cause: unknown): never {
    if (this.#isClosed) throw cause;
    const sentence = messageOf(cause);
    const wasSaid = this.#lastFailure?.sentence === sentence;
    this.#lastFailure = {sentence, cause, at: performance.now()};
    this.#failures++;
    if (!wasSaid)
      this.#say(
        `${sentence}\n  It is tried again while something waits for it, and what waits is kept. Its log: ${this.#logFile}`,
      );
    throw this.#notStarted(this.#restMs());
  }

  #notStarted(afterMs: number): NotStarted {
    const {sentence = '', cause} = this.#lastFailure ?? {};
    return new NotStarted(sentence, {cause, afterMs});
  }

  /** How long those who can wait are told to, yet: growing, as each start that fails costs a second of the machine. */
  #restMs(): number {
    if (this.#failures === 0) return 0;
    const rest = Math.min(shortestRestMs * 2 ** (this.#failures - 1), longestRestMs);
    return Math.max(0, rest - this.#sinceFailureMs());
  }

  #sinceFailureMs(): number {
    return performance.now() - (this.#lastFailure?.at ?? 0);
  }

  async #start(): Promise<Instance> {
    const begin = performance.now();
    const instance = await launch(this.service, this.#environment(), {
      ...this.#launch,
      signal: this.#closing.signal,
    });
    this.#running = instance;
    this.#failures = 0;
    this.#lastFailure = undefined;
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

/** How long a service that did not start is left alone by those who can wait, or don't need it yet. */
const shortestRestMs = 1_000;
const longestRestMs = 10_000;
