import {Defer} from '#kit';
import {FairShare} from './fair-share.ts';
import {Latest} from './latest.ts';

/** Who wants a turn. */
export interface Asking {
  /** What the turn is for: who asks again while it waits or is in work gets the same answer. */
  readonly key: string;
  /** Who handed it in. */
  readonly sender: string;
  /** What it came with: of a mail and everything in it, the mail. */
  readonly root: string;
}

export interface TurnsOptions {
  /** How long one waits before it is sent away to come again, in milliseconds. (Default: 30,000) */
  patienceMs?: number;
  /** Milliseconds that only go up. (Default: the process's) */
  now?: () => number;
}

/**
 * One at a time, fairly: senders get as much time as each other, and of one sender all that came together as much as
 * whatever came otherwise. Whoever had to go and comes again keeps its place.
 */
export class Turns<Answer> {
  readonly #patienceMs: number;
  readonly #now: () => number;
  readonly #answers = new Map<string, Promise<Answer>>();
  readonly #waiting = new Map<string, Waiting>();
  /** By key, when it was first asked for, by count. */
  readonly #places = new Latest<number>(10_000);
  #lastPlace = 0;
  readonly #senders = new FairShare();
  /** By sender, the shares of what came together. */
  readonly #roots = new Latest<FairShare>(1_000);
  #isTaken = false;

  constructor({patienceMs = 30_000, now = () => performance.now()}: TurnsOptions = {}) {
    this.#patienceMs = patienceMs;
    this.#now = now;
  }

  /**
   * Does work when its turn has come.
   *
   * @throws Defer when it has not come in time: others had theirs.
   */
  take(asking: Asking, work: () => Promise<Answer>): Promise<Answer> {
    const asked = this.#answers.get(asking.key);
    if (asked !== undefined) return asked;
    const answer = this.#inTurn(asking, work).finally(() => this.#answers.delete(asking.key));
    this.#answers.set(asking.key, answer);
    return answer;
  }

  async #inTurn(asking: Asking, work: () => Promise<Answer>): Promise<Answer> {
    await this.#turnOf(asking);
    const begin = this.#now();
    try {
      return await work();
    } finally {
      this.#charge(asking, this.#now() - begin);
      this.#isTaken = false;
      this.#next();
    }
  }

  #turnOf(asking: Asking): Promise<void> {
    const {key} = asking;
    const place = this.#places.get(key) ?? ++this.#lastPlace;
    this.#places.set(key, place);
    return new Promise((resolve, reject) => {
      const impatient = setTimeout(() => {
        this.#waiting.delete(key);
        const others = this.#waiting.size;
        reject(new Defer(`This keeps its place, and ${others} others wait, too.`, {retryAfter: 1}));
      }, this.#patienceMs);
      const begin = () => {
        clearTimeout(impatient);
        this.#waiting.delete(key);
        this.#places.delete(key);
        resolve();
      };
      this.#waiting.set(key, {...asking, place, begin});
      this.#next();
    });
  }

  #next(): void {
    if (this.#isTaken) return;
    const inOrder = [...this.#waiting.values()].sort((one, other) => one.place - other.place);
    const sender = this.#senders.next(inOrder.map((waiting) => waiting.sender));
    if (sender === undefined) return;
    const ofSender = inOrder.filter((waiting) => waiting.sender === sender);
    const root = this.#rootsOf(sender).next(ofSender.map((waiting) => waiting.root));
    this.#isTaken = true;
    ofSender.find((waiting) => waiting.root === root)?.begin();
  }

  #charge({sender, root}: Asking, ms: number): void {
    this.#senders.charge(sender, ms);
    this.#rootsOf(sender).charge(root, ms);
  }

  #rootsOf(sender: string): FairShare {
    const known = this.#roots.get(sender) ?? new FairShare();
    this.#roots.set(sender, known);
    return known;
  }
}

interface Waiting extends Asking {
  readonly place: number;
  readonly begin: () => void;
}
