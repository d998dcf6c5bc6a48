import type {ZipEntry} from '../archive/zip.ts';
import type {Attachment} from '../extract.ts';
import {limits} from '../limits.ts';
import {isOfSystem, Unreadable} from '../unreadable.ts';
import {openPackage, type Package} from './package.ts';

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/**
 * The Word documents that are embedded in one as files of their own (ECMA-376 part 1 §15.2.11), which opens them by a double
 * click. Files of other programs in it are wrapped in formats that are not read, and the numbers behind charts are no
 * documents.
 *
 * @throws Unreadable too-large when there are too many, those in them counted too: each will be read, and then those in that.
 */
export function embeddedIn(opened: Package, counter = {count: 0}): Attachment[] {
  const found: Attachment[] = [];
  for (const entry of opened.files) {
    if (!/(?:^|\/)embeddings\/[^/]+\.docx$/i.test(entry.name)) continue;
    if (++counter.count > limits.attachments) throw new Unreadable('too-large');
    const bytes = unpacked(entry, opened);
    if (bytes === undefined) continue;
    found.push({filename: entry.name.split('/').at(-1) ?? null, contentType: wordType, bytes});
    countWithin(bytes, opened, counter);
  }
  return found;
}

/** What is packed in a document counts as what the outermost one unpacks to. */
function countWithin(bytes: Uint8Array, {unpack}: Package, counter: {count: number}): void {
  try {
    embeddedIn(openPackage(bytes, unpack), counter);
  } catch (error) {
    throwLimit(error);
  }
}

function unpacked(entry: ZipEntry, {unpack}: Package): Uint8Array | undefined {
  const pieces: Uint8Array[] = [];
  try {
    unpack(entry, (bytes) => pieces.push(bytes.slice()));
  } catch (error) {
    throwLimit(error);
    return undefined;
  }
  return new Uint8Array(Buffer.concat(pieces));
}

/** One that is broken is left out, or rejected when its turn comes. */
function throwLimit(error: unknown): void {
  const isLimit = error instanceof Unreadable && error.reason === 'too-large';
  if (isLimit || isOfSystem(error) || error instanceof RangeError) throw error;
}
