/** Why an event waits, and since when. */
export interface Holding {
  /** What the event is about, such as the id of a document. */
  readonly subject: string | undefined;
  /** What the subscriber did. */
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whether a person has heard of it already. */
  readonly isSaid: boolean;
}

/** What a trigger holds, for people. */
export interface HeldShown {
  /** `<namespace>/<name>`. */
  readonly trigger: string;
  readonly events: number;
  /** When the first of them began to wait, in ISO 8601. */
  readonly since: string;
  readonly reason: string;
}

/**
 * The events that one trigger holds, as who is to take them can take none now: a service that does not start, a disk
 * that is full. A person hears of it once, and once more when all of them went through.
 */
export class HeldEvents {
  readonly #trigger: string;
  readonly #say: (sentence: string) => void;
  /** By the number of the event. */
  readonly #events = new Map<number, Holding>();
  #wasSaid = false;

  constructor(trigger: string, say: (sentence: string) => void) {
    this.#trigger = trigger;
    this.#say = say;
  }

  /** An event waits, for the first time or still. */
  hold(offset: number, holding: Holding): void {
    const before = this.#events.get(offset);
    this.#events.set(offset, {...holding, at: before?.at ?? holding.at});
    if (this.#wasSaid || holding.isSaid) return;
    this.#wasSaid = true;
    this.#say(
      `Trigger ${this.#trigger} waits, and its events are kept until they can be taken: ${holding.message}`,
    );
  }

  /** An event waits no more, whatever became of it. */
  letGo(offset: number): void {
    if (!this.#events.delete(offset) || this.#events.size > 0 || !this.#wasSaid) return;
    this.#wasSaid = false;
    this.#say(`Trigger ${this.#trigger} goes on`);
  }

  /** What is held, of all or of what is about one subject; undefined: nothing. */
  shown(subject?: string): HeldShown | undefined {
    const events = [...this.#events.values()].filter(
      (event) => subject === undefined || event.subject === subject,
    );
    const [first] = events;
    const latest = events.at(-1);
    if (first === undefined || latest === undefined) return undefined;
    const since = new Date(Math.min(...events.map(({at}) => at))).toISOString();
    return {trigger: this.#trigger, events: events.length, since, reason: latest.message};
  }
}
