/** Where an archive says that the directory of its files is (APPNOTE 6.3.10 §4.3.14 to §4.3.16). */
export interface ZipDirectory {
  /** First byte of its first entry. */
  start: number;
  /** How many files it lists; not more than fit between `start` and its end. */
  count: number;
  /** Bytes before the archive, which move all of its offsets. */
  shift: number;
}

/** Length of a directory entry without its name and what follows that. */
const shortestEntry = 46;

/** The directory of an archive, or null where it is missing or says what can't be. */
export function zipDirectory(view: DataView): ZipDirectory | null {
  const end = endOf(view);
  if (end === null) return null;
  const {at, count, size, offset} = zip64End(view, end) ?? {
    at: end,
    count: view.getUint16(end + 10, true),
    size: view.getUint32(end + 12, true),
    offset: view.getUint32(end + 16, true),
  };
  const start = at - size;
  const shift = start - offset;
  return shift < 0 || count * shortestEntry > size ? null : {start, count, shift};
}

/** Where the end record of the directory is; a comment of up to 65,535 bytes may follow it. */
function endOf(view: DataView): number | null {
  const last = view.byteLength - 22;
  for (let at = last; at >= 0 && at >= last - 0xffff; at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  return null;
}

interface EndRecord {
  at: number;
  count: number;
  size: number;
  offset: number;
}

/**
 * The end record in 64 bits, as programs write it that begin an archive before they know how large it gets: a locator
 * stands right before the end record and says where. What the end record itself says holds where it is not all ones.
 */
function zip64End(view: DataView, end: number): EndRecord | null {
  const locator = end - 20;
  if (locator < 0 || view.getUint32(locator, true) !== 0x07064b50) return null;
  const at = zip64RecordAt(view, locator);
  if (at === null) return null;
  const [count, size, offset] = [
    view.getUint16(end + 10, true),
    view.getUint32(end + 12, true),
    view.getUint32(end + 16, true),
  ];
  return {
    at,
    count: count === 0xffff ? uint64(view, at + 32) : count,
    size: size === 0xffffffff ? uint64(view, at + 40) : size,
    offset: offset === 0xffffffff ? uint64(view, at + 48) : offset,
  };
}

/** Where the locator says, or right before it: bytes before the archive move the one and not the other. */
function zip64RecordAt(view: DataView, locator: number): number | null {
  const length = 56;
  for (const at of [uint64(view, locator + 8), locator - length]) {
    if (at >= 0 && at <= locator - length && view.getUint32(at, true) === 0x06064b50) return at;
  }
  return null;
}

/** A number of 64 bits. One too large to be exact is too large for any archive too. */
export function uint64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}
