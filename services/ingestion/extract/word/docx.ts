import {unpacker} from '../archive/inflate.ts';
import {readXml} from '../archive/xml.ts';
import type {ZipEntry} from '../archive/zip.ts';
import {limits} from '../limits.ts';
import type {Reader, Reading} from '../reading.ts';
import {plainReading} from '../reading.ts';
import {Unreadable} from '../unreadable.ts';
import {embeddedIn} from './embedded.ts';
import {readNumbering} from './numbering.ts';
import {openPackage, type Package, relatedTo} from './package.ts';
import type {Definitions} from './place.ts';
import {noStyles, readStyles} from './styles.ts';
import {type Chunk, wordText} from './word-text.ts';

/** Reads Word documents (ECMA-376): headers, the body, footers, then foot- and endnotes. Those embedded in it are attached. */
export const readDocx: Reader = async (bytes): Promise<Reading> => {
  const opened = openPackage(bytes, unpacker(bytes.length));
  const text = await textOf(opened, kinds, {depth: 0, chunks: 0});
  return {...plainReading(text, titleOf(opened)), attachments: embeddedIn(opened)};
};

/** In the order of reading. */
const kinds = ['header', 'main', 'footer', 'footnotes', 'endnotes'];
/** What is read of a document in a document, which shows the headers of the outer one. */
const innerKinds = ['main', 'footnotes', 'endnotes'];

/** What was read so far of a document and all that are in it. */
interface Progress {
  /** How many documents this one is in. */
  depth: number;
  chunks: number;
}

async function textOf(opened: Package, wanted: readonly string[], progress: Progress): Promise<string> {
  const parts = partsOf(opened, wanted);
  if (parts.length === 0) throw new Unreadable('corrupt');
  const definitions = definitionsOf(opened);
  const texts = new Set<string>();
  let characters = 0;
  for (const part of parts) {
    if (characters > limits.characters) break;
    // First, odd and even pages have headers of their own, which mostly say the same.
    const pieces = wordText(part, opened.unpack, definitions);
    const text = await joined(pieces, part, opened, progress);
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

/** A part's text with that of the documents that stand in it. */
async function joined(
  pieces: readonly (string | Chunk)[],
  part: ZipEntry,
  opened: Package,
  progress: Progress,
): Promise<string> {
  if (pieces.every((piece) => typeof piece === 'string')) return pieces.join('');
  const related = relatedTo(part, opened);
  const texts: string[] = [];
  let characters = 0;
  for (const piece of pieces) {
    if (characters > limits.characters) break;
    const text = typeof piece === 'string' ? piece : await chunk(related.get(piece.id), opened, progress);
    texts.push(text);
    characters += text.length;
  }
  return texts.join('');
}

async function chunk(entry: ZipEntry | undefined, opened: Package, progress: Progress): Promise<string> {
  progress.chunks++;
  if (progress.chunks > limits.wordChunks || progress.depth >= limits.wordDepth)
    throw new Unreadable('too-large');
  if (!entry) return '';
  progress.depth++;
  // What is packed in a document counts as what the outermost one unpacks to.
  const readWord = (bytes: Uint8Array) => textOf(openPackage(bytes, opened.unpack), innerKinds, progress);
  // It brings all formats that stand in Word documents, which few do.
  const {chunkText} = await import('./chunk.ts');
  const text = await chunkText(entry, opened, readWord);
  progress.depth--;
  return `${text}\n`;
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
