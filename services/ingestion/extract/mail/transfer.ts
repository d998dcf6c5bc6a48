import {endOfBase64, unpackBase64} from './base64.ts';
import {unpackQuotedPrintable} from './quoted-printable.ts';
import {withoutUuencoded} from './uuencode.ts';

/** How a body is packed (RFC 2045 section 6). */
export type Encoding = 'base64' | 'quoted-printable' | 'uuencode' | 'none';

/** What a `Content-Transfer-Encoding` means, however it is written. */
export function encodingOf(field: string): Encoding {
  if (/base-?64/i.test(field)) return 'base64';
  if (/quoted.?printable/i.test(field)) return 'quoted-printable';
  return /\buu|x-uu/i.test(field) ? 'uuencode' : 'none';
}

/** A body's bytes. What is packed as nothing else is as it stands. */
export function unpackedBytes(body: Buffer, encoding: Encoding): Buffer {
  switch (encoding) {
    case 'base64':
      return unpackBase64(body);
    case 'quoted-printable':
      return unpackQuotedPrintable(body);
    case 'uuencode':
      return withoutUuencoded(body).files[0]?.bytes ?? body;
    case 'none':
      return body;
  }
}

/** The bytes of a text, and of what was added behind it by one who did not know that it is packed. */
export function unpackedText(body: Buffer, encoding: Encoding): {text: Buffer; added: Buffer | null} {
  if (encoding !== 'base64') return {text: unpackedBytes(body, encoding), added: null};
  const end = endOfBase64(body);
  const text = unpackBase64(body.subarray(0, end));
  return {text, added: end < body.length ? body.subarray(end) : null};
}
