import {normalizeLine} from '../characters/normalize.ts';
import type {Attachment} from '../extract.ts';
import {limits} from '../limits.ts';
import {sniff} from '../sniff.ts';
import {Unreadable} from '../unreadable.ts';
import {withDocument} from './open-pdf.ts';
import type {Handle, Pdfium} from './pdfium.ts';

/** The files in one document: those of its list (PDF 32000-1 §7.11.4, §12.3.5 for portfolios), and those on its pages. */
export class EmbeddedFiles {
  readonly #pdfium: Pdfium;
  readonly #files = new Map<Handle, Attachment>();
  #bytes = 0;

  /** @throws Unreadable too-large when there are too many. */
  constructor(pdfium: Pdfium, document: Handle) {
    this.#pdfium = pdfium;
    const count = pdfium.calls.FPDFDoc_GetAttachmentCount(document);
    if (count > limits.attachments) throw new Unreadable('too-large');
    for (let index = 0; index < count; index++) this.add(pdfium.calls.FPDFDoc_GetAttachment(document, index));
  }

  /** Adds a file unless it is there; one that is broken is left out. @throws Unreadable too-large. */
  add(handle: Handle): void {
    if (handle === 0 || this.#files.has(handle)) return;
    const bytes = this.#unpacked(handle);
    if (bytes === undefined) return;
    if (this.#files.size >= limits.attachments) throw new Unreadable('too-large');
    const {calls} = this.#pdfium;
    const text = (read: (file: Handle, buffer: number, bytes: number) => number) =>
      this.#pdfium.text((buffer, room) => read(handle, buffer, room));
    const filename = normalizeLine(text(calls.FPDFAttachment_GetName));
    const contentType = typeOf(text(calls.FPDFAttachment_GetSubtype), bytes, filename);
    this.#files.set(handle, {filename, contentType, bytes});
  }

  get all(): Attachment[] {
    return [...this.#files.values()];
  }

  #unpacked(handle: Handle): Uint8Array | undefined {
    const {calls} = this.#pdfium;
    const [size] = this.#pdfium.integers(1, (at) => calls.FPDFAttachment_GetFile(handle, 0, 0, at)) ?? [];
    if (size === undefined) return undefined;
    this.#bytes += size;
    if (this.#bytes > limits.inflatedBytes) throw new Unreadable('too-large');
    const address = this.#pdfium.allocate(size + 4);
    calls.FPDFAttachment_GetFile(handle, address, size, address + size);
    const bytes = this.#pdfium.memory.slice(address, address + size);
    calls.free(address);
    return bytes;
  }
}

/**
 * Counts all files in PDFs, at whatever depth: each PDF in one will be read, and then those in that.
 *
 * @throws Unreadable too-large.
 */
export function countWithin(pdfium: Pdfium, files: readonly Attachment[], counted = 0): number {
  let count = counted + files.length;
  if (count > limits.attachments) throw new Unreadable('too-large');
  for (const {bytes, filename} of files) {
    if (typeOf('', bytes, filename) === 'application/pdf')
      count = countWithin(pdfium, filesIn(pdfium, bytes), count);
  }
  return count;
}

function filesIn(pdfium: Pdfium, bytes: Uint8Array): Attachment[] {
  try {
    return withDocument(pdfium, bytes, (document) => new EmbeddedFiles(pdfium, document).all);
  } catch (error) {
    // One that is broken or locked is rejected when its turn comes.
    if (error instanceof Unreadable && error.reason !== 'too-large') return [];
    throw error;
  }
}

/** The media type that was declared, else what the bytes are. */
function typeOf(declared: string, bytes: Uint8Array, filename: string | null): string {
  const mediaType = declared.trim().toLowerCase();
  if (/^[a-z0-9!#$&^_.+-]{1,63}\/[a-z0-9!#$&^_.+-]{1,127}$/.test(mediaType)) return mediaType;
  try {
    return sniff(bytes, {filename, contentType: null}).contentType;
  } catch {
    return 'application/octet-stream';
  }
}
