/** Documents that are made while a test runs: what they hold is best seen beside the claim. */
import {deflateSync} from 'node:zlib';
import {strToU8, zipSync} from 'fflate';
import type {Hints} from '../../../services/ingestion/extract/extract.ts';

export const noHints: Hints = {filename: null, contentType: null};

/** A Word document with this body, and further files of the archive. */
export function docx(body: string, files: Record<string, string | Uint8Array> = {}): Uint8Array {
  return zip({
    '[Content_Types].xml': contentTypes(Object.keys(files)),
    'word/document.xml': part('document', `<w:body>${body}</w:body>`),
    ...files,
  });
}

export function zip(files: Record<string, string | Uint8Array>): Uint8Array {
  const entries = Object.entries(files).map(([name, content]) => [
    name,
    typeof content === 'string' ? strToU8(content) : content,
  ]);
  return zipSync(Object.fromEntries(entries));
}

/** The XML of one part of a Word document. */
export function part(root: string, content: string): string {
  return `<?xml version="1.0"?><w:${root} xmlns:w="w" xmlns:mc="mc">${content}</w:${root}>`;
}

export function paragraph(...runs: string[]): string {
  return `<w:p>${runs.join('')}</w:p>`;
}

export function run(text: string, properties = ''): string {
  return `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
}

/** The table of content types for a document with these further parts. */
export function contentTypes(names: string[]): string {
  const parts = names.filter((name) => /^word\/[^/]+\.xml$/.test(name));
  const overrides = ['word/document.xml', ...parts].map((name) => {
    const kind = name.replace(/^word\/|\d*\.xml$/g, '').replace('document', 'document.main');
    return `<Override PartName="/${name}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${kind}+xml"/>`;
  });
  return `<?xml version="1.0"?><Types>${overrides.join('')}</Types>`;
}

/** A PDF of one page per content stream, each stream packed. */
export function pdf(...streams: (string | Uint8Array)[]): Uint8Array {
  const kids = streams.map((_, index) => `${4 + 2 * index} 0 R`).join(' ');
  const objects = [
    strToU8('<</Type/Catalog/Pages 2 0 R>>'),
    strToU8(`<</Type/Pages/Count ${streams.length}/Kids[${kids}]>>`),
    strToU8('<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'),
    ...streams.flatMap((stream, index) => [
      strToU8(
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents ${5 + 2 * index} 0 R>>`,
      ),
      packed(typeof stream === 'string' ? strToU8(stream) : stream),
    ]),
  ];
  const chunks: Uint8Array[] = [strToU8('%PDF-1.5\n')];
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(length(chunks));
    chunks.push(strToU8(`${index + 1} 0 obj\n`), object, strToU8('\nendobj\n'));
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${length(chunks)}\n%%EOF\n`;
  chunks.push(strToU8(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${trailer}`));
  return Buffer.concat(chunks);
}

/** A page that shows a line. */
export function line(text: string): string {
  return `BT /F1 12 Tf 72 700 Td (${text}) Tj ET`;
}

function packed(stream: Uint8Array): Uint8Array {
  const body = deflateSync(stream, {level: 1});
  return Buffer.concat([
    strToU8(`<</Length ${body.length}/Filter/FlateDecode>>stream\n`),
    body,
    strToU8('\nendstream'),
  ]);
}

function length(chunks: Uint8Array[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}
