/** Mails that are made while a test runs. */
import type {Extraction} from '../../../services/ingestion/extract/extract.ts';
import {read} from '../../../services/ingestion/extract/read.ts';
import {noHints} from './making.ts';

/** A mail with these header fields besides those that all have, and this body; a character for each byte. */
export function mail(fields: readonly string[], body: string): Buffer {
  const head = [
    'Received: from mx.example.org by mail.example.net; Tue, 3 Mar 2026 10:00:00 +0000',
    'From: Ann Example <ann@example.org>',
    'MIME-Version: 1.0',
    ...fields,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`, 'latin1');
}

/** A mail of parts, each with its header. */
export function multipart(type: string, ...parts: readonly string[]): Buffer {
  return mail([`Content-Type: multipart/${type}; boundary="b1"`], withBoundary('b1', parts));
}

/** A part that is a multipart itself. */
export function nested(type: string, boundary: string, ...parts: readonly string[]): string {
  return `Content-Type: multipart/${type}; boundary=${boundary}\r\n\r\n${withBoundary(boundary, parts)}`;
}

export function part(type: string, body: string, ...fields: readonly string[]): string {
  return [`Content-Type: ${type}`, ...fields, '', body].join('\r\n');
}

/** The text of a mail, or why it is rejected. */
export async function textIn(bytes: Uint8Array): Promise<string> {
  const found = await read(bytes, noHints);
  return found.outcome === 'ingested' ? found.text : `rejected: ${found.reason}`;
}

/** The names of what is attached; its bytes where it has none. */
export async function attachedTo(bytes: Uint8Array): Promise<string[]> {
  return enclosedIn(await read(bytes, noHints)).map(
    ({filename, bytes}) => filename ?? Buffer.from(bytes).toString('latin1'),
  );
}

export function enclosedIn(found: Extraction) {
  return found.outcome === 'ingested' ? found.attachments : [];
}

function withBoundary(boundary: string, parts: readonly string[]): string {
  return `${parts.map((content) => `--${boundary}\r\n${content}\r\n`).join('')}--${boundary}--\r\n`;
}
