import {isEncrypted} from './armor.ts';
import type {Entity} from './entity.ts';

/** What a part is to who reads the mail; `machine` is what only programs read, such as a signature; `outlook`
 * what only Outlook unpacks. */
export type Role = 'text' | 'mail' | 'sealed' | 'encrypted' | 'calendar' | 'outlook' | 'machine' | 'document';

/** Where a part stands. */
export interface Place {
  /** The type of the multipart that it is in; empty for the mail itself. */
  readonly within: string;
  /** Of the parts of that. */
  readonly index: number;
  /** How many mails it is in, one in another. */
  readonly mails: number;
}

/** What a part that has no parts is, by what it says of itself and where it stands. */
export function roleOf(entity: Entity, place: Place): Role {
  const {type, disposition} = entity;
  const name = entity.name?.octets.toLowerCase() ?? '';
  if (machines.has(type) || name.endsWith('.p7s') || isDetachedSignature(entity)) return 'machine';
  if (isText(entity, place)) return 'text';
  if (type === 'message/rfc822' || type === 'message/global') {
    // A report brings the mail that it is about; nobody wrote that as a part of it.
    return disposition === 'attachment' || place.within === 'multipart/report' ? 'document' : 'mail';
  }
  if (/^application\/(?:x-)?pkcs7-mime$/.test(type) || /\.p7[mz]$/.test(name)) return 'sealed';
  if (type === 'application/pgp-encrypted' || isArmored(entity)) return 'encrypted';
  if (type === 'text/calendar' || type === 'application/ics' || name.endsWith('.ics')) return 'calendar';
  if (/^application\/(?:vnd\.)?ms-tnef$/.test(type) || name === 'winmail.dat') return 'outlook';
  // Another form of the same letter, such as for watches.
  if (place.within === 'multipart/alternative' && type.startsWith('text/') && disposition !== 'attachment')
    return 'machine';
  return 'document';
}

/** Texts with a name are files, unless their place says that they are the letter. */
function isText({type, disposition, name}: Entity, {within, index}: Place): boolean {
  const isWritten = type === 'application/xhtml+xml' || (type.startsWith('text/') && !data.has(type));
  if (!isWritten || disposition === 'attachment') return false;
  const isFirst = within === 'multipart/related' && index === 0;
  return name === null || within === '' || within === 'multipart/alternative' || isFirst;
}

/** Text that is written for programs. */
const data = new Set(
  'text/calendar text/csv text/vcard text/x-vcard text/directory text/xml text/css text/javascript text/x-amp-html text/watch-html'.split(
    ' ',
  ),
);

const machines = new Set(
  (
    'application/pgp-signature application/pkcs7-signature application/x-pkcs7-signature application/pgp-keys ' +
    'message/delivery-status message/global-delivery-status message/disposition-notification ' +
    'message/feedback-report text/rfc822-headers message/rfc822-headers application/applefile'
  ).split(' '),
);

function isDetachedSignature({name, body}: Entity): boolean {
  return /\.(?:asc|sig)$/i.test(name?.octets ?? '') && begins(body, '-----BEGIN PGP SIGNATURE-----');
}

function isArmored({name, disposition, body}: Entity): boolean {
  const isNamed = disposition !== 'attachment' || /^encrypted\.asc$/i.test(name?.octets ?? '');
  return isNamed && begins(body, '-----BEGIN PGP MESSAGE-----') && isEncrypted(body.toString('latin1'));
}

function begins(body: Buffer, text: string): boolean {
  return body
    .toString('latin1', 0, text.length + 20)
    .trimStart()
    .startsWith(text);
}
