/** The value of a property: its bytes, and whether they are words in UTF-16. */
export interface Property {
  readonly bytes: Buffer;
  readonly isUnicode: boolean;
}

/** Properties by their id; those with names of their own are left out. */
export type Properties = ReadonlyMap<number, Property>;

/** Bytes of a value of each type, each filled up to four (MS-OXCDATA section 2.11.1). */
const sizes: ReadonlyMap<number, number> = new Map([
  ...[0x01, 0x02, 0x03, 0x04, 0x0a, 0x0b].map((type) => [type, 4] as const),
  ...[0x05, 0x06, 0x07, 0x14, 0x40].map((type) => [type, 8] as const),
  [0x48, 16],
]);
const unicode = 0x1f;
const object = 0x0d;
/** Types of values that say their own length. */
const measured = new Set([object, 0x1e, unicode, 0x102]);
const many = 0x1000;
const firstNamed = 0x8000;
/** Bytes of the interface that an object begins with. */
const interfaceBytes = 16;

/** The properties of a letter or a file in it (MS-OXTNEF section 2.1.3.4), up to the first that is broken. */
export function propertiesIn(bytes: Buffer): Properties {
  const found = new Map<number, Property>();
  const reader = new Reader(bytes);
  try {
    for (let left = reader.word(); left > 0; left--) {
      const type = reader.short();
      const id = reader.short();
      if (id >= firstNamed) passName(reader);
      const value = propertyOf(type, reader);
      if (id < firstNamed) found.set(id, value);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}

/** The name of a property is a number, or words. */
function passName(reader: Reader): void {
  reader.take(16);
  if (reader.word() === 0) reader.take(4);
  else reader.take(reader.word());
}

/** The first value; others that it has are passed over. */
function propertyOf(type: number, reader: Reader): Property {
  const single = type & ~many;
  const count = type === single && !measured.has(type) ? 1 : reader.word();
  let first: Buffer | undefined;
  for (let left = count; left > 0; left--) {
    const bytes = reader.take(measured.has(single) ? reader.word() : sizeOf(single));
    first ??= bytes;
  }
  const bytes = first ?? Buffer.alloc(0);
  return {bytes: single === object ? bytes.subarray(interfaceBytes) : bytes, isUnicode: single === unicode};
}

/** @throws RangeError for a type that is not known: where the next value begins is not, either. */
function sizeOf(type: number): number {
  const size = sizes.get(type);
  if (size === undefined) throw new RangeError(`Expected a type of properties, got ${type}.`);
  return size;
}

/** Goes through numbers and values. Each method throws RangeError where they end. */
class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  short(): number {
    this.#at += 2;
    return this.#bytes.readUInt16LE(this.#at - 2);
  }

  word(): number {
    this.#at += 4;
    return this.#bytes.readUInt32LE(this.#at - 4);
  }

  /** So many bytes; passes over what fills them up to four. */
  take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError(`Expected ${length} bytes, got fewer.`);
    const bytes = this.#bytes.subarray(this.#at, end);
    this.#at += Math.ceil(length / 4) * 4;
    return bytes;
  }
}
