/**
 * The text of a message that is signed within its text (OpenPGP's cleartext signatures, RFC 9580 section 7), without the
 * lines of the signature. Others are given back as they are.
 */
export function withoutSignature(text: string): string {
  const start = text.indexOf(signed);
  if (start === -1 || text.slice(0, start).trim() !== '') return text;
  const empty = /\r?\n[ \t]*\r?\n/g;
  empty.lastIndex = start;
  const found = empty.exec(text);
  const end = found ? text.indexOf('\n-----BEGIN PGP SIGNATURE-----', found.index) : -1;
  if (!found || end === -1) return text;
  const after = text.indexOf(endOfSignature, end);
  const rest = after === -1 ? '' : text.slice(after + endOfSignature.length);
  const letter = text.slice(found.index + found[0].length, end);
  return `${letter.replaceAll(/^- /gm, '')}\n${rest}`;
}

/** Whether all of a text is encrypted (OpenPGP's ASCII armor); a list may have put its footer behind it. */
export function isEncrypted(text: string): boolean {
  const trimmed = text.trim();
  if (!trimmed.startsWith('-----BEGIN PGP MESSAGE-----')) return false;
  const end = trimmed.indexOf(endOfMessage);
  const rest = end === -1 ? '' : trimmed.slice(end + endOfMessage.length).trimStart();
  return rest === '' || /^[-_=*]{2}/.test(rest);
}

const signed = '-----BEGIN PGP SIGNED MESSAGE-----';
const endOfSignature = '-----END PGP SIGNATURE-----';
const endOfMessage = '-----END PGP MESSAGE-----';
