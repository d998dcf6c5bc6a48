import type {KeptEvent} from '../journal/journal.ts';
import type {Clock} from './clock.ts';
import {FirstInFirstOut} from './first-in-first-out.ts';
import type {Failure} from './outcome.ts';

/** An event that a trigger has yet to be done with. */
export interface Pending {
  readonly kept: KeptEvent;
  /** Events with the same key go one after the other; null: the event waits for none. */
  readonly key: string | null;
  /** Attempts that went wrong so far, at the subscriber or, after that, at the dead-letter sink. */
  attempts: number;
  /** Why the subscriber was given up: the dead-letter sink's turn. */
  failure: Failure | null;
}

/** What an attempt led to: done, or another attempt after some milliseconds. */
export type Attempted = {again: false} | {again: true; afterMs: number};

interface Queued {
  readonly pending: Pending;
  /** The one of the same key that comes after it. */
  next: Queued | undefined;
}

/**
 * The events that wait for one trigger. Events of one key are tried in order, each until the trigger is done with
 * it; events of different keys don't wait for each other, but for a place among those under way. An event that
 * waits for its next attempt takes no place.
 */
export class TriggerQueue {
  readonly #attempt: (pending: Pending) => Promise<Attempted>;
  readonly #concurrency: number;
  readonly #clock: Clock;
  /** By key, the last of its events. The first of them is ready, under way or waiting for its next attempt. */
  readonly #last = new Map<string, Queued>();
  readonly #ready = new FirstInFirstOut<Queued>();
  readonly #waits = new Set<() => void>();
  #underWay = 0;
  #length = 0;
  #isOpen = false;
  #whenQuiet: (() => void) | undefined;

  constructor(options: {
    /** Makes one attempt; it must not throw. */
    attempt: (pending: Pending) => Promise<Attempted>;
    /** Attempts under way at a time. */
    concurrency: number;
    clock: Clock;
  }) {
    this.#attempt = options.attempt;
    this.#concurrency = options.concurrency;
    this.#clock = options.clock;
  }

  /** Events that the trigger is not done with. */
  get length(): number {
    return this.#length;
  }

  add(pending: Pending): void {
    const queued: Queued = {pending, next: undefined};
    this.#length++;
    const {key} = pending;
    if (key !== null) {
      const before = this.#last.get(key);
      this.#last.set(key, queued);
      if (before !== undefined) {
        before.next = queued;
        return;
      }
    }
    this.#ready.push(queued);
    this.#next();
  }

  /** Begins to make attempts. */
  begin(): void {
    this.#isOpen = true;
    this.#next();
  }

  /** Begins no further attempts, and resolves when those under way have ended. */
  close(): Promise<void> {
    this.#isOpen = false;
    for (const stop of this.#waits) stop();
    if (this.#underWay === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#whenQuiet = resolve;
    });
  }

  #next(): void {
    while (this.#isOpen && this.#underWay < this.#concurrency) {
      const queued = this.#ready.shift();
      if (queued === undefined) return;
      this.#underWay++;
      void this.#run(queued);
    }
  }

  async #run(queued: Queued): Promise<void> {
    const attempted = await this.#attempt(queued.pending);
    this.#underWay--;
    if (attempted.again) this.#wait(queued, attempted.afterMs);
    else this.#leave(queued);
    if (this.#underWay === 0) this.#whenQuiet?.();
    this.#next();
  }

  #wait(queued: Queued, ms: number): void {
    const stop = this.#clock.after(ms, () => {
      this.#waits.delete(stop);
      this.#ready.push(queued);
      this.#next();
    });
    this.#waits.add(stop);
  }

  #leave({pending: {key}, next}: Queued): void {
    this.#length--;
    if (key === null) return;
    if (next === undefined) this.#last.delete(key);
    else this.#ready.push(next);
  }
}
