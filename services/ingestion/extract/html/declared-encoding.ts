/** A page says what it is written in near its beginning, though not always where browsers look (HTML §13.2.3.2: 1,024 bytes). */
const searchedBytes = 64 * 1024;

/** The encoding that a page, or the text part of a mail, names itself: in its XML declaration, or in the first `meta` that does. */
export function declaredEncoding(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, searchedBytes));
  const inXml = /^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})/i.exec(head)?.[1];
  const inMeta = /<meta\s[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(head)?.[1];
  return inXml ?? inMeta ?? null;
}
