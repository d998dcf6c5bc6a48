/** The text, or null where a byte does not fit the encoding or there is no such encoding. */
export function decodeStrictly(
  bytes: Uint8Array,
  label: string,
  {isCut = false}: {isCut?: boolean} = {},
): string | null {
  try {
    return new TextDecoder(label, {fatal: true}).decode(bytes, {stream: isCut});
  } catch {
    return null;
  }
}
