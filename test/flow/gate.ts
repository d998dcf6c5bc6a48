import {setTimeout as wait} from 'node:timers/promises';

/** Lets everything through while it is open; once closed, it holds some back and lets the rest through. */
export class Gate {
  /** How many it has held back in all. */
  held = 0;
  #room = 0;
  #whenOpen = Promise.withResolvers<void>();

  /** @param most that it holds back from now on. */
  close(most: number): void {
    this.#room = most;
    this.#whenOpen = Promise.withResolvers<void>();
  }

  open(): void {
    this.#room = 0;
    this.#whenOpen.resolve();
  }

  async pass(): Promise<void> {
    if (this.#room === 0) return;
    this.#room--;
    this.held++;
    await this.#whenOpen.promise;
  }

  /** Waits until it is full, or the time is over. */
  async untilFull(limitMs: number): Promise<void> {
    const deadline = Date.now() + limitMs;
    while (this.#room > 0 && Date.now() < deadline) await wait(10);
  }
}
