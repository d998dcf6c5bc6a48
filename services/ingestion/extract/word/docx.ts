import {unpacker} from '../archive/inflate.ts';
import {readXml} from '../archive/xml.ts';
import type {ZipEntry} from '../archive/zip.ts';
import {limits} from '../limits.ts';
import type {Reader, Reading} from '../reading.ts';
import {plainReading} from '../reading.ts';
import {Unreadable} from '../unreadable.ts';
import {readNumbering} from './numbering.ts';
import {openPackage, type Package} from './package.ts';
import type {Definitions} from './place.ts';
import {noStyles, readStyles} from './styles.ts';
import {wordText} from './word-text.ts';

/** Reads Word documents (ECMA-376): headers, the body, footers, then foot- and endnotes. */
export const readDocx: Reader = async (bytes): Promise<Reading> => {
  const opened = openPackage(bytes, unpacker(bytes.length));
  const text = textOf(opened, kinds);
  return plainReading(text, titleOf(opened));
};

/** In the order of reading. */
const kinds = ['header', 'main', 'footer', 'footnotes', 'endnotes'];
function textOf(opened: Package, wanted: readonly string[]): string {
  const parts = partsOf(opened, wanted);
  if (parts.length === 0) throw new Unreadable('corrupt');
  const definitions = definitionsOf(opened);
  const texts = new Set<string>();
  let characters = 0;
  for (const part of parts) {
    if (characters > limits.characters) break;
    // First, odd and even pages have headers of their own, which mostly say the same.
    const pieces = wordText(part, opened.unpack, definitions);
    const text = pieces.filter((piece) => typeof piece === 'string').join('');
    texts.add(text.trim());
    characters += text.length;
  }
  return [...texts].join('\n\n');
}

/** The parts that hold text, as the table of content types names them, in the order of reading. */
function partsOf(opened: Package, wanted: readonly string[]): ZipEntry[] {
  const found = ofKinds(opened, wanted);
  const main = opened.file('word/document.xml');
  if (main && !found.some(({entry}) => entry === main)) found.push({kind: 'main', entry: main});
  return found.sort((a, b) => wanted.indexOf(a.kind) - wanted.indexOf(b.kind)).map(({entry}) => entry);
}

function definitionsOf(opened: Package): Definitions {
  const [sheet] = ofKinds(opened, ['styles']);
  const [numbering] = ofKinds(opened, ['numbering']);
  const styles = sheet ? readStyles(sheet.entry, opened.unpack) : noStyles;
  return {styles, lists: numbering ? readNumbering(numbering.entry, opened.unpack, styles) : () => undefined};
}

/** The parts of some kinds. Building blocks, which Word offers to insert, are a document of their own with all kinds. */
function ofKinds({typed}: Package, wanted: readonly string[]): {kind: string; entry: ZipEntry}[] {
  return typed.flatMap(({entry, type}) => {
    const found = /wordprocessingml\.(?:\w+\.)?(\w+)\+xml$|ms-word\.\w+\.(main)\+xml$/.exec(type);
    const kind = found?.[1] ?? found?.[2] ?? '';
    return wanted.includes(kind) && !/(^|\/)glossary\//i.test(entry.name) ? [{kind, entry}] : [];
  });
}

function titleOf({file, unpack}: Package): string | null {
  const properties = file('docProps/core.xml');
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
