import {Defer} from '#kit';
import {FairShare} from './fair-share.ts';
import {Latest} from './latest.ts';
import {Places} from './places.ts';

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
  /**
   * How many of one sender wait here at a time where their turns are long: the others are sent away at once, so that who
   * delivers them has a hand free for other senders. Only where that counts no attempt. (Default: any number)
   */
  mostHere?: number;
  /** How long a turn of somebody takes who had none yet, in milliseconds. (Default: 20, as most documents do) */
  usualMs?: number;
  /** Milliseconds that only go up. (Default: the process's) */
  now?: () => number;
}

/**
 * One at a time, fairly: senders get as much time as each other, and of one sender all that came together as much as
 * whatever came otherwise. Whoever had to go and comes again keeps its place.
 */
export class Turns<Answer> {
  readonly #patienceMs: number;
  readonly #mostHere: number;
  readonly #usualMs: number;
  readonly #now: () => number;
  /** By sender, how long their turns take of late, in milliseconds. */
  readonly #turnMs = new Latest<number>(1_000);
  readonly #answers = new Map<string, Promise<Answer>>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #places: Places;
  readonly #senders = new FairShare();
  /** By sender, the shares of what came together. */
  readonly #roots = new Latest<FairShare>(1_000);
  #isTaken = false;

  constructor(options: TurnsOptions = {}) {
    const {patienceMs = 30_000, mostHere = Number.POSITIVE_INFINITY} = options;
    const {usualMs = 20, now = () => performance.now()} = options;
    this.#patienceMs = patienceMs;
    this.#mostHere = mostHere;
    this.#usualMs = usualMs;
    this.#now = now;
    this.#places = new Places({now});
  }

  /** How many turns a sender waits for, also with those that were sent away to come again. */
  waitedForBy(sender: string): number {
    return this.#places.countOf(sender);
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
      this.#makeRoom(asking.sender);
      this.#next();
    }
  }

  #turnOf(asking: Asking): Promise<void> {
    const {key, sender} = asking;
    const place = this.#places.of(key, sender);
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(impatient);
        this.#waiting.delete(key);
      };
      const sendAway = (retryAfter: number) => {
        leave();
        const others = this.#waiting.size;
        reject(new Defer(`This keeps its place, and ${others} others wait, too.`, {retryAfter}));
      };
      const impatient = setTimeout(() => sendAway(1), this.#patienceMs);
      const begin = () => {
        leave();
        this.#places.leave(key);
        resolve();
      };
      this.#waiting.set(key, {...asking, place, begin, sendAway});
      this.#makeRoom(sender);
      this.#next();
    });
  }

  /**
   * Sends away what is too many of a sender here: the last of those that came with most others. While all that wait are done
   * in a moment nobody is sent away, as that would cost more than it gives to others.
   */
  #makeRoom(sender: string): void {
    const here = [...this.#waiting.values()].filter((waiting) => waiting.sender === sender);
    const turnMs = this.#turnMs.get(sender) ?? this.#usualMs;
    if (here.length <= this.#mostHere || here.length * turnMs <= momentMs) return;
    const byRoot = Map.groupBy(here, ({root}) => root);
    const most = Math.max(...[...byRoot.values()].map(({length}) => length));
    const last = here
      .filter(({root}) => byRoot.get(root)?.length === most)
      .reduce((one, other) => (other.place > one.place ? other : one));
    const away = this.#places.countOf(sender) - here.length;
    const comingPerSecond = Math.max(fewestComingPerSecond, 1_000 / turnMs);
    last.sendAway(Math.min(longestAwaySeconds, Math.max(1, Math.ceil(away / comingPerSecond))));
    this.#makeRoom(sender);
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
    // One long turn, such as the first of a process, does not make all of somebody's long.
    this.#turnMs.set(sender, ((this.#turnMs.get(sender) ?? this.#usualMs) * 7 + ms) / 8);
    this.#senders.charge(sender, ms);
    this.#rootsOf(sender).charge(root, ms);
  }

  #rootsOf(sender: string): FairShare {
    const known = this.#roots.get(sender) ?? new FairShare();
    this.#roots.set(sender, known);
    return known;
  }
}

/** What others may wait for one sender's, in milliseconds. */
const momentMs = 4_000;
/** How many of those that were sent away come again in a second at least: asking costs a few milliseconds. */
const fewestComingPerSecond = 5;
const longestAwaySeconds = 60;

interface Waiting extends Asking {
  readonly place: number;
  readonly begin: () => void;
  readonly sendAway: (retryAfterSeconds: number) => void;
}
