/** Tags of ASN.1 types (X.690 section 8.1.2), with the bits of their class and of being constructed. */
export const tags = {
  integer: 0x02,
  octets: 0x04,
  constructedOctets: 0x24,
  identifier: 0x06,
  sequence: 0x30,
  set: 0x31,
  first: 0xa0,
} as const;

/**
 * Goes through a value in BER, the encoding that DER is the strict form of (X.690): lengths may be left open, and octets
 * be cut to pieces. Each byte is passed once.
 */
export class BerReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Goes into the next value. @throws Error when it is none of this type. */
  enter(tag: number): void {
    this.#header(tag);
  }

  /** The content of the next value, which is of this type and in one piece. @throws Error when it is not. */
  content(tag: number): Buffer {
    const length = this.#header(tag);
    if (length === null) throw new Error('Expected a length, got an open one.');
    return this.#take(length);
  }

  /** Whether the next value is of this type. */
  isNext(tag: number): boolean {
    return this.#bytes[this.#at] === tag;
  }

  /** Passes over the next value. */
  skip(depth = 0): void {
    const length = this.#header();
    if (length !== null) {
      this.#take(length);
      return;
    }
    if (depth > deepest) throw new Error('Expected values that nest less deep.');
    while (!this.#isEnd()) this.skip(depth + 1);
  }

  /** The octets of the next value, put together; those that are there where it was cut off. */
  octets(): Buffer {
    const pieces: Buffer[] = [];
    try {
      this.#gather(pieces, 0);
    } catch (error) {
      if (pieces.length === 0) throw error;
    }
    return Buffer.concat(pieces);
  }

  #gather(pieces: Buffer[], depth: number): void {
    if (depth > deepest) throw new Error('Expected octets that nest less deep.');
    const isConstructed = this.isNext(tags.constructedOctets);
    const length = this.#header(isConstructed ? tags.constructedOctets : tags.octets);
    if (!isConstructed) {
      if (length === null) throw new Error('Expected a length, got an open one.');
      pieces.push(this.#bytes.subarray(this.#at, this.#at + length));
      this.#take(length);
      return;
    }
    const end = length === null ? null : this.#at + length;
    while (end === null ? !this.#isEnd() : this.#at < end) this.#gather(pieces, depth + 1);
  }

  /** The length of the next value's content; null where its end is marked instead. */
  #header(tag?: number): number | null {
    const found = this.#byte();
    if (tag !== undefined && found !== tag) throw new Error(`Expected a value of type ${tag}, got ${found}.`);
    if ((found & 0x1f) === 0x1f) while (this.#byte() & 0x80);
    const first = this.#byte();
    if (first < 0x80) return first;
    if (first === 0x80) return null;
    let length = 0;
    for (let count = first & 0x7f; count > 0; count--) length = length * 256 + this.#byte();
    return length;
  }

  /** Whether the end of a value of open length is next, and passes it. */
  #isEnd(): boolean {
    if (this.#bytes[this.#at] !== 0 || this.#bytes[this.#at + 1] !== 0) return false;
    this.#at += 2;
    return true;
  }

  #take(length: number): Buffer {
    const content = this.#bytes.subarray(this.#at, this.#at + length);
    if (content.length < length) throw new Error(`Expected ${length} bytes, got ${content.length}.`);
    this.#at += length;
    return content;
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new Error('Expected a value, got the end.');
    return byte;
  }
}

const deepest = 32;
