import type {KeptEvent} from '../journal/journal.ts';
import type {Clock} from './clock.ts';
import {FirstInFirstOut} from './first-in-first-out.ts';
import type {Failure} from './outcome.ts';

/** An event that a trigger has yet to be done with. */
export interface Pending {
  readonly kept: KeptEvent;
  /** Events with the same key go one after the other; null: the event waits for none. */
  readonly key: string | null;
  /** Attempts that went wrong so far. */
  attempts: number;
  /**
   * Why the subscriber was given up: the dead-letter sink is being tried. Not kept over a restart, after which the
   * subscriber is asked once more.
   */
  failure: Failure | null;
}

/** What an attempt led to: done, or another attempt after some milliseconds. */
export type Attempted = {again: false} | {again: true; afterMs: number};

/**
 * The events that wait for one trigger. Events of one key are tried in order, each until the trigger is done with
 * it; events of different keys don't wait for each other, but for a place among those under way. An event that
 * waits for its next attempt takes no place.
 */
export class TriggerQueue {
  readonly #attempt: (pending: Pending) => Promise<Attempted>;
  readonly #concurrency: number;
  readonly #clock: Clock;
  /** By key, the events in order; the first of each lane is ready, under way or waiting for its next attempt. */
  readonly #lanes = new Map<string, FirstInFirstOut<Pending>>();
  readonly #ready = new FirstInFirstOut<Pending>();
  readonly #waits = new Set<() => void>();
  #underWay = 0;
  #waiting = 0;
  #isClosed = false;
  #whenQuiet: (() => void) | undefined;

  constructor(options: {
    attempt: (pending: Pending) => Promise<Attempted>;
    concurrency: number;
    clock: Clock;
  }) {
    this.#attempt = options.attempt;
    this.#concurrency = options.concurrency;
    this.#clock = options.clock;
  }

  /** Events that the trigger is not done with. */
  get length(): number {
    return this.#waiting;
  }

  add(pending: Pending): void {
    this.#waiting++;
    const lane = pending.key === null ? undefined : this.#lanes.get(pending.key);
    if (lane !== undefined) {
      lane.push(pending);
      return;
    }
    if (pending.key !== null) {
      const opened = new FirstInFirstOut<Pending>();
      opened.push(pending);
      this.#lanes.set(pending.key, opened);
    }
    this.#ready.push(pending);
    this.#next();
  }

  /** Begins no further attempts, and resolves when those under way have ended. */
  close(): Promise<void> {
    this.#isClosed = true;
    for (const stop of this.#waits) stop();
    if (this.#underWay === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#whenQuiet = resolve;
    });
  }

  #next(): void {
    while (!this.#isClosed && this.#underWay < this.#concurrency) {
      const pending = this.#ready.shift();
      if (pending === undefined) return;
      this.#underWay++;
      void this.#run(pending);
    }
  }

  async #run(pending: Pending): Promise<void> {
    const attempted = await this.#attempt(pending);
    this.#underWay--;
    if (attempted.again) this.#wait(pending, attempted.afterMs);
    else this.#leave(pending);
    if (this.#isClosed && this.#underWay === 0) this.#whenQuiet?.();
    this.#next();
  }

  #wait(pending: Pending, ms: number): void {
    const stop = this.#clock.after(ms, () => {
      this.#waits.delete(stop);
      this.#ready.push(pending);
      this.#next();
    });
    this.#waits.add(stop);
  }

  #leave({key}: Pending): void {
    this.#waiting--;
    if (key === null) return;
    const lane = this.#lanes.get(key);
    lane?.shift();
    const next = lane?.peek();
    if (next === undefined) this.#lanes.delete(key);
    else this.#ready.push(next);
  }
}
