import {isUtf8} from 'node:buffer';
import type {Entity} from './entity.ts';
import {charsetOf} from './text-part.ts';
import {unpackedText} from './transfer.ts';

/** What the characters of a mail are written in, as far as its text tells: headers may not say it, and hold them. */
export interface Writing {
  /** As the text declares it, or null. */
  readonly charset: string | null;
  /** Some lines of a text that declares nothing, to tell it by; none of what is UTF-8. */
  readonly sample: Buffer;
}

/** What the first text of a mail is written in. */
export function writingOf(mail: Entity): Writing {
  const text = firstText(mail);
  if (!text) return unknown;
  const bytes = unpackedText(text.body, text.encoding).text;
  const charset = charsetOf(text, bytes);
  if (charset !== null) return {charset, sample: Buffer.alloc(0)};
  return {charset, sample: isUtf8(bytes) ? Buffer.alloc(0) : wholeLines(bytes)};
}

const unknown: Writing = {charset: null, sample: Buffer.alloc(0)};

function firstText(entity: Entity): Entity | null {
  if (entity.type === 'text/plain' || entity.type === 'text/html')
    return entity.disposition === 'attachment' ? null : entity;
  for (const part of entity.parts) {
    const text = firstText(part);
    if (text) return text;
  }
  return null;
}

const sampleBytes = 4096;

/** Not cut within a letter. */
function wholeLines(bytes: Buffer): Buffer {
  if (bytes.length <= sampleBytes) return bytes;
  const end = Math.max(bytes.lastIndexOf('\n', sampleBytes), bytes.lastIndexOf(' ', sampleBytes));
  return bytes.subarray(0, end === -1 ? 0 : end);
}
