/** Bytes that are read from a file at once, and how many such pieces are held. */
const pieceBytes = 256 * 1024;
const mostPieces = 16;

/**
 * Reads records that follow each other with few system calls: a trigger that lags behind reads one event after the
 * other, and to read each by itself costs more than to deliver it.
 */
export class ReadAhead {
  readonly #read: (segment: number, position: number, length: number) => Promise<Buffer>;
  /** By segment and place, the pieces that were asked for last. */
  readonly #pieces = new Map<string, Promise<Buffer>>();

  /** @param read gives fewer bytes than asked for where the file ends. */
  constructor(read: (segment: number, position: number, length: number) => Promise<Buffer>) {
    this.#read = read;
  }

  /** Some bytes of a segment; fewer where it ends. */
  async bytes(segment: number, position: number, length: number): Promise<Buffer> {
    const start = position - (position % pieceBytes);
    if (position + length > start + pieceBytes) return this.#read(segment, position, length);
    const name = `${segment}:${start}`;
    const held = await this.#pieces.get(name);
    // The end of the segment that is being written was further ahead when this piece was read.
    if (held !== undefined && start + held.length >= position + length)
      return held.subarray(position - start, position - start + length);
    const piece = this.#read(segment, start, pieceBytes);
    this.#keep(name, piece);
    return (await piece).subarray(position - start, position - start + length);
  }

  #keep(name: string, piece: Promise<Buffer>): void {
    piece.catch(() => this.#pieces.delete(name));
    this.#pieces.delete(name);
    this.#pieces.set(name, piece);
    for (const oldest of this.#pieces.keys()) {
      if (this.#pieces.size <= mostPieces) return;
      this.#pieces.delete(oldest);
    }
  }
}
