import {setTimeout as wait} from 'node:timers/promises';
import type {Running} from '../kit/serving.ts';
import type {Chance} from './chance.ts';

/** Asks at the doors of one of the processes, whichever it is. */
export type AskAnyone = () => Promise<Running['ask']>;

/** What somebody was told of a decision. */
export interface Answered {
  readonly name: string;
  readonly word: string;
}

/** People who decide one thing after another. Half of them decide again when the answer is lost, the others never do. */
export class Deciders {
  readonly answered: Answered[] = [];
  readonly givenUp: {name: string; atMs: number}[] = [];
  begun = 0;
  lost = 0;
  isDone = false;
  #asked = 0;
  readonly #waiting: {until: number; resolve: () => void}[] = [];
  readonly #askAnyone: AskAnyone;
  readonly #chance: Chance;

  constructor(askAnyone: AskAnyone, chance: Chance) {
    this.#askAnyone = askAnyone;
    this.#chance = chance;
  }

  /** Resolves when so many more requests have been sent off. */
  async moreAsked(count: number): Promise<void> {
    const {promise, resolve} = Promise.withResolvers<void>();
    this.#waiting.push({until: this.#asked + count, resolve});
    await promise;
  }

  /** Goes on until all is done, and until those who come back have an answer. */
  async decide(): Promise<void> {
    while (!this.isDone) {
      const name = `decision-${++this.begun}`;
      const comesBack = this.#chance.happens(0.5);
      for (;;) {
        const word = await this.#decideOnce(name);
        if (word !== undefined) {
          this.answered.push({name, word});
          break;
        }
        this.lost++;
        await wait(5);
        if (comesBack) continue;
        this.givenUp.push({name, atMs: performance.now()});
        break;
      }
    }
  }

  /** The word that the decision has; undefined when there was no answer, or the broker was away. */
  async #decideOnce(name: string): Promise<string | undefined> {
    let answer: {status: number; body: Buffer};
    try {
      const ask = await this.#askAnyone();
      this.#asked++;
      for (const {until, resolve} of this.#waiting) if (until <= this.#asked) resolve();
      answer = await ask(`/decisions/${name}`, {method: 'POST'});
    } catch {
      return undefined;
    }
    if (answer.status === 503) return undefined;
    if (answer.status !== 202) throw new Error(`A decision was answered ${answer.status}: ${answer.body}`);
    const {word}: {word: string} = JSON.parse(answer.body.toString());
    return word;
  }
}
