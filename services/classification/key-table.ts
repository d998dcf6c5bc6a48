/** Numbers the distinct keys of a text or a model, in the order in which they are added. Made for many lookups. */
export class KeyTable {
  /** Open addressing: a slot holds the number of its key plus one, or 0. Never more than half full. */
  readonly #slots: Uint32Array;
  readonly #keys: Uint32Array;
  #size = 0;

  /** @param capacity distinct keys at most */
  constructor(capacity: number) {
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * Math.max(1, capacity))));
    this.#keys = new Uint32Array(capacity);
  }

  /** The number of a key, 0 and up; a key that is not here yet gets the next one. */
  add(key: number): number {
    const slot = this.#slotOf(key);
    const found = this.#slots[slot] ?? 0;
    if (found > 0) return found - 1;
    this.#keys[this.#size] = key;
    this.#size++;
    this.#slots[slot] = this.#size;
    return this.#size - 1;
  }

  /** The number of a key, or -1. */
  find(key: number): number {
    return (this.#slots[this.#slotOf(key)] ?? 0) - 1;
  }

  /** The keys by their numbers. */
  keys(): Uint32Array {
    return this.#keys.slice(0, this.#size);
  }

  #slotOf(key: number): number {
    const last = this.#slots.length - 1;
    let slot = Math.imul(key ^ (key >>> 15), 0x2c1b3c6d) & last;
    for (;;) {
      const found = this.#slots[slot] ?? 0;
      if (found === 0 || this.#keys[found - 1] === key) return slot;
      slot = (slot + 1) & last;
    }
  }
}
