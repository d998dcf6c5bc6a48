/** Requests a minute, of a token that says nothing else: 20 a second. */
export const usualRatePerMinute = 1_200;

/** How a request fares with its limit. */
export interface Allowance {
  readonly isAllowed: boolean;
  /** Requests that may come at once. */
  readonly burst: number;
  /** Requests left of them. */
  readonly remaining: number;
  /** Seconds until all are there again. */
  readonly resetSeconds: number;
  /** Seconds until the next is allowed; 0 when it is. */
  readonly retrySeconds: number;
}

/**
 * A bucket that holds a sixth of a minute's requests and is filled steadily. In the memory of one process: with N
 * instances of the console a token is allowed up to N times as much.
 */
export class Bucket {
  readonly #perSecond: number;
  readonly #burst: number;
  #level: number;
  #filledAt: number;

  /** @param now milliseconds of a clock that never goes back */
  constructor(ratePerMinute: number, now: number) {
    this.#perSecond = ratePerMinute / 60;
    this.#burst = Math.max(1, Math.ceil(ratePerMinute / 6));
    this.#level = this.#burst;
    this.#filledAt = now;
  }

  /** Takes one request out, if there is one. */
  take(now: number): Allowance {
    this.#level = Math.min(this.#burst, this.#level + ((now - this.#filledAt) / 1000) * this.#perSecond);
    this.#filledAt = now;
    // Sums of parts may end a hair below a whole.
    const isAllowed = this.#level >= 1 - 1e-9;
    if (isAllowed) this.#level = Math.max(0, this.#level - 1);
    return {
      isAllowed,
      burst: this.#burst,
      remaining: Math.floor(this.#level + 1e-9),
      resetSeconds: Math.ceil((this.#burst - this.#level) / this.#perSecond),
      retrySeconds: isAllowed ? 0 : Math.max(1, Math.ceil((1 - this.#level) / this.#perSecond)),
    };
  }
}
