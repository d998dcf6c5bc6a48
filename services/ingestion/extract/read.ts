import {passagesIn} from '#events';
import {isKnownBinary} from './binary.ts';
import {languageOf} from './characters/language.ts';
import {normalize, normalizeLine} from './characters/normalize.ts';
import type {Extraction, Hints} from './extract.ts';
import {limits} from './limits.ts';
import {load} from './load.ts';
import type {Reader, Reading} from './reading.ts';
import {type Format, sniff} from './sniff.ts';
import {isOfSystem, Unreadable} from './unreadable.ts';

/** Each format's reader, loaded with its library when the first document of that format comes. */
const readers: Record<Format, () => Promise<Reader>> = {
  pdf: async () => (await import('./pdf/pdf.ts')).readPdf,
  docx: async () => (await import('./word/docx.ts')).readDocx,
  mail: async () => (await import('./mail/mail.ts')).readMail,
  html: async () => (await import('./html/html.ts')).readHtml,
  text: async () => (await import('./text.ts')).readText,
};

/**
 * Reads a document in this thread. Every document ends ingested or rejected.
 *
 * @throws Error when the machine could not load what reads it, and never for anything the document does.
 */
export async function read(bytes: Uint8Array, hints: Hints): Promise<Extraction> {
  try {
    if (bytes.length > limits.documentBytes) throw new Unreadable('too-large');
    const {format, contentType} = sniff(bytes, hints);
    if (format === 'text' && (await isKnownBinary(bytes))) throw new Unreadable('unsupported');
    const reader = await load(readers[format]);
    return await ingested(format, contentType, await reader(bytes, hints));
  } catch (error) {
    if (isOfSystem(error)) throw error;
    return {outcome: 'rejected', reason: reasonOf(error)};
  }
}

async function ingested(format: Format, contentType: string, reading: Reading): Promise<Extraction> {
  const {machine, correspondence, pages, pagesRead, attachments} = reading;
  const text = normalize(reading.text, limits.characters);
  const title = normalizeLine(reading.title);
  // A mail is often nothing but its subject and what is attached to it; a portfolio of PDFs can have an empty cover.
  const isBare = attachments.length > 0 || (format === 'mail' && title !== null);
  if (text === '' && !isBare) throw new Unreadable(format === 'text' ? 'empty' : 'no-text');
  // Numbers and signs alone tell nobody anything.
  if (text !== '' && !isBare && !/\p{L}/u.test(text)) throw new Unreadable('no-text');
  const sender = reading.sender && {
    name: normalizeLine(reading.sender.name),
    address: normalizeLine(reading.sender.address),
  };
  const language = await languageOf(text);
  const {own: anew, signed} = passagesIn(text, title);
  const own = format === 'mail' ? anew : null;
  const words = {title, text, own, signed, language};
  const found = {...words, sender, machine, correspondence, pages, pagesRead, attachments};
  return {outcome: 'ingested', contentType, ...found};
}

/** A format's library says that bytes are broken in an error of its own; out of memory is a RangeError. */
function reasonOf(error: unknown) {
  if (error instanceof Unreadable) return error.reason;
  const isMemory = error instanceof RangeError && /allocation|memory|string length/i.test(error.message);
  return isMemory ? 'too-large' : 'corrupt';
}
