import {event, Type} from '#kit';
import {DocumentId} from './values.ts';

/**
 * Why a document can't be read.
 * `unsupported` a format we don't read · `encrypted` it wants a password · `corrupt` its bytes are broken ·
 * `empty` it has none · `no-text` it holds no text, such as a scan · `too-large` a limit on what is inside was
 * reached · `timed-out` reading it took too long, or reading the mail that it came in with everything else in there.
 */
export const RejectionReason = Type.Union([
  Type.Literal('unsupported'),
  Type.Literal('encrypted'),
  Type.Literal('corrupt'),
  Type.Literal('empty'),
  Type.Literal('no-text'),
  Type.Literal('too-large'),
  Type.Literal('timed-out'),
]);

/** A document can't be read, by its own fault. */
export const documentRejected = event('com.dip.document.rejected', '1.0', {
  description: 'A document can not be read, by its own fault; the reason says why.',
  schema: Type.Object({documentId: DocumentId, reason: RejectionReason}, {additionalProperties: false}),
  example: {documentId: 'doc-00000000000000000001', reason: 'encrypted'},
});
