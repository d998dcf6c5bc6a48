import {type Unpack, unpacker} from '../archive/inflate.ts';
import {readXml} from '../archive/xml.ts';
import {type ZipEntry, zipEntries} from '../archive/zip.ts';
import {limits} from '../limits.ts';
import type {Reader, Reading} from '../reading.ts';
import {plainReading} from '../reading.ts';
import {Unreadable} from '../unreadable.ts';
import {wordText} from './word-text.ts';

/** Reads Word documents (ECMA-376): headers, the body, footers, then foot- and endnotes. */
export const readDocx: Reader = async (bytes): Promise<Reading> => {
  const entries = zipEntries(bytes);
  if (!entries) throw new Unreadable('corrupt');
  const files = new Map(entries.map((entry) => [entry.name, entry]));
  const unpack = unpacker(bytes.length);
  const parts = partsOf(files, unpack);
  if (parts.length === 0) throw new Unreadable('corrupt');
  const texts = new Set<string>();
  let characters = 0;
  for (const part of parts) {
    if (characters > limits.characters) break;
    // First, odd and even pages have headers of their own, which mostly say the same.
    const text = wordText(part, unpack);
    texts.add(text.trim());
    characters += text.length;
  }
  return plainReading([...texts].join('\n\n'), titleOf(files, unpack));
};

/** In the order of reading. */
const kinds = ['header', 'main', 'footer', 'footnotes', 'endnotes'];

/** The parts that hold text, as the table of content types names them. */
function partsOf(files: Map<string, ZipEntry>, unpack: Unpack): ZipEntry[] {
  const found: {kind: number; entry: ZipEntry}[] = [];
  const types = files.get('[Content_Types].xml');
  if (!types) throw new Unreadable('corrupt');
  readXml(types, unpack, {
    open(name, attributes) {
      if (name !== 'Override') return;
      const kind = /wordprocessingml\.(?:\w+\.)?(\w+)\+xml$|ms-word\.\w+\.(main)\+xml$/.exec(
        attributes['ContentType'] ?? '',
      );
      const entry = files.get((attributes['PartName'] ?? '').slice(1));
      const order = kinds.indexOf((kind?.[1] ?? kind?.[2]) || '');
      if (entry && order >= 0) found.push({kind: order, entry});
    },
  });
  const main = files.get('word/document.xml');
  if (main && !found.some(({entry}) => entry === main))
    found.push({kind: kinds.indexOf('main'), entry: main});
  return found.sort((a, b) => a.kind - b.kind).map(({entry}) => entry);
}

function titleOf(files: Map<string, ZipEntry>, unpack: Unpack): string | null {
  const properties = files.get('docProps/core.xml');
  if (!properties) return null;
  let title = '';
  let isTitle = false;
  readXml(properties, unpack, {
    open: (name) => {
      isTitle = name === 'title';
    },
    text: (text) => {
      if (isTitle) title += text;
    },
    close: () => {
      isTitle = false;
    },
  });
  return title;
}
