/**
 * Who is next among those that wait, so that each gets as much of a thing as the others, however much one of them
 * asks for. Who comes new or comes back is treated as the one that had least; nobody saves up a share by not asking.
 *
 * Start-time fair queueing: Goyal, Vin and Cheng, "Start-time Fair Queuing", SIGCOMM 1996.
 */
export class FairShare {
  /** By name, how much it has had, counted from where it began; only of those that had more than who comes new. */
  readonly #had = new Map<string, number>();
  /** What who comes new is taken to have had. */
  #start = 0;

  /** Of several names the one that has had least, the first of them where several have. */
  next(names: Iterable<string>): string | undefined {
    let least: {name: string; had: number} | undefined;
    for (const name of names) {
      const had = this.#hadBy(name);
      if (least === undefined || had < least.had) least = {name, had};
    }
    if (least !== undefined) this.#start = least.had;
    return least?.name;
  }

  /** Says what one has had, in any unit. */
  charge(name: string, amount: number): void {
    this.#had.set(name, this.#hadBy(name) + amount);
    for (const [other, had] of this.#had) if (had <= this.#start) this.#had.delete(other);
  }

  #hadBy(name: string): number {
    return Math.max(this.#had.get(name) ?? 0, this.#start);
  }
}
