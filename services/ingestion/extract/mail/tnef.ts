import {type Properties, propertiesIn} from './mapi-properties.ts';

/** A file in a mail that Outlook has packed. */
export interface TnefFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** What Outlook has packed into a `winmail.dat`: its letter in each form that it has, and the files with it. */
export interface Tnef {
  /** Plain text; empty where there is none. */
  readonly text: string;
  /** A page, in the encoding that it declares. */
  readonly html: Buffer | undefined;
  /** Compressed, see `unpackRtf`. */
  readonly rtf: Buffer | undefined;
  readonly files: readonly TnefFile[];
}

const signature = 0x223e9f78;

/** The attributes that are read, each with its type (MS-OXTNEF section 2.1.3.4). */
const ids = {
  body: 0x0002800c,
  properties: 0x00069003,
  begin: 0x00069002,
  title: 0x00018010,
  data: 0x0006800f,
  file: 0x00069005,
};
/** The properties that are read (MS-OXPROPS). */
const tags = {body: 0x1000, rtf: 0x1009, html: 0x1013, data: 0x3701, shortName: 0x3704, longName: 0x3707};

/** Whether bytes begin as the format does. */
export function isTnef(bytes: Buffer): boolean {
  return bytes.length >= 6 && bytes.readUInt32LE(0) === signature;
}

/** Reads what Outlook packs into one file for other Outlooks (MS-OXTNEF), as far as it is there. */
export function readTnef(bytes: Buffer): Tnef {
  let plain: Buffer | undefined;
  let letter: Properties = new Map();
  const files: {title: string; data: Buffer | undefined; properties: Properties}[] = [];
  for (const {id, data} of attributesIn(bytes)) {
    if (id === ids.body) plain = data;
    else if (id === ids.properties) letter = propertiesIn(data);
    else if (id === ids.begin) files.push({title: '', data: undefined, properties: new Map()});
    const file = files.at(-1);
    if (file === undefined) continue;
    if (id === ids.title) file.title = text(data);
    else if (id === ids.data) file.data = data;
    else if (id === ids.file) file.properties = propertiesIn(data);
  }
  return {
    text: wordsIn(letter.get(tags.body)) || text(plain ?? Buffer.alloc(0)),
    html: letter.get(tags.html)?.bytes,
    rtf: letter.get(tags.rtf)?.bytes,
    files: files.flatMap(({title, data, properties}) => {
      const bytes = data ?? properties.get(tags.data)?.bytes;
      const name = wordsIn(properties.get(tags.longName)) || title || wordsIn(properties.get(tags.shortName));
      return bytes === undefined ? [] : [{name, bytes}];
    }),
  };
}

/** Each has a level, its id, a length, its data and a checksum. */
function* attributesIn(bytes: Buffer): Generator<{id: number; data: Buffer}> {
  for (let at = 6; at + 9 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + 5);
    yield {id: bytes.readUInt32LE(at + 1), data: bytes.subarray(at + 9, at + 9 + length)};
    at += 9 + length + 2;
  }
}

function wordsIn(value: {bytes: Buffer; isUnicode: boolean} | undefined): string {
  if (value === undefined) return '';
  return value.isUnicode ? ended(value.bytes.toString('utf16le')) : text(value.bytes);
}

/** In the code page of Western Windows: that of the mail is seldom said. */
function text(bytes: Buffer): string {
  return ended(new TextDecoder('windows-1252').decode(bytes));
}

/** Strings end with a zero. */
function ended(words: string): string {
  return words.split('\0', 1)[0] ?? '';
}
