/**
 * Numbers the distinct keys of a text or a model, in the order in which they are added. Made for many lookups, and small
 * while it holds little: what fits a processor's cache is found several times as fast.
 */
export class KeyTable {
  /** Open addressing: a slot holds the number of its key plus one, or 0. Never more than half full. */
  #slots: Uint32Array;
  #keys: Uint32Array;
  #size = 0;

  /** @param capacity distinct keys that it has room for at first; it grows */
  constructor(capacity = 1024) {
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * Math.max(1, capacity))));
    this.#keys = new Uint32Array(this.#slots.length / 2);
  }

  /** How many keys it has. */
  get size(): number {
    return this.#size;
  }

  /** The number of a key, 0 and up; a key that is not here yet gets the next one. Keys that differ by 2³² are one. */
  add(key: number): number {
    const slot = this.#slotOf(key >>> 0);
    const found = this.#slots[slot] ?? 0;
    if (found > 0) return found - 1;
    this.#keys[this.#size] = key;
    this.#size++;
    this.#slots[slot] = this.#size;
    if (this.#size === this.#keys.length) this.#grow();
    return this.#size - 1;
  }

  /** The number of a key, or -1. */
  find(key: number): number {
    return (this.#slots[this.#slotOf(key >>> 0)] ?? 0) - 1;
  }

  /** The keys by their numbers. */
  keys(): Uint32Array {
    return this.#keys.slice(0, this.#size);
  }

  #grow(): void {
    const keys = new Uint32Array(2 * this.#keys.length);
    keys.set(this.#keys);
    this.#keys = keys;
    this.#slots = new Uint32Array(2 * keys.length);
    for (let at = 0; at < this.#size; at++) this.#slots[this.#slotOf(keys[at] ?? 0)] = at + 1;
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
