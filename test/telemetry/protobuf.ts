/** One message of the protobuf wire format (protobuf.dev, Encoding): each field's values in the order they came. */
export type Message = ReadonlyMap<number, readonly Value[]>;

/** A varint, 64 or 32 bits as they are, or bytes, whose meaning the reader knows. */
export type Value = bigint | Buffer;

/** @throws RangeError when the bytes end within a field, or hold what protobuf 3 does not have. */
export function messageOf(bytes: Buffer): Message {
  const fields = new Map<number, Value[]>();
  let offset = 0;
  const varint = (): bigint => {
    for (let value = 0n, shift = 0n; ; shift += 7n) {
      const byte = bytes.readUInt8(offset++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number): Buffer => {
    if (offset + length > bytes.length)
      throw new RangeError(`${length} bytes at ${offset} of ${bytes.length}`);
    offset += length;
    return bytes.subarray(offset - length, offset);
  };
  while (offset < bytes.length) {
    const tag = Number(varint());
    const value = fieldValue(tag & 7, {varint, take});
    fields.set(tag >> 3, [...(fields.get(tag >> 3) ?? []), value]);
  }
  return fields;
}

function fieldValue(wireType: number, read: {varint(): bigint; take(length: number): Buffer}): Value {
  if (wireType === 0) return read.varint();
  if (wireType === 1) return read.take(8);
  if (wireType === 2) return read.take(Number(read.varint()));
  if (wireType === 5) return read.take(4);
  throw new RangeError(`wire type ${wireType}`);
}

/** The messages of a repeated field. */
export function messages(message: Message, field: number): Message[] {
  return (message.get(field) ?? []).map((value) => messageOf(bytesOf(value)));
}

/** The bytes of a field, empty when it is not there. */
export function bytes(message: Message, field: number): Buffer {
  return bytesOf(message.get(field)?.at(-1) ?? Buffer.alloc(0));
}

/** The text of a field, empty when it is not there. */
export function text(message: Message, field: number): string {
  return bytes(message, field).toString('utf8');
}

/** A varint or a 64-bit integer, 0 when it is not there. */
export function integer(message: Message, field: number): number {
  const value = message.get(field)?.at(-1) ?? 0n;
  return Number(typeof value === 'bigint' ? BigInt.asIntN(64, value) : value.readBigInt64LE());
}

/** A 64-bit floating-point number, 0 when it is not there. */
export function double(message: Message, field: number): number {
  const value = message.get(field)?.at(-1);
  return value === undefined ? 0 : bytesOf(value).readDoubleLE();
}

function bytesOf(value: Value): Buffer {
  if (typeof value === 'bigint') throw new RangeError(`Expected bytes, got the varint ${value}.`);
  return value;
}
