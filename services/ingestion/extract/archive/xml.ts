import {SaxesParser} from 'saxes';
import {Unreadable} from '../unreadable.ts';
import type {Unpack} from './inflate.ts';
import type {ZipEntry} from './zip.ts';

/** What is heard while an XML file is read; names come without their prefix. */
export interface XmlListener {
  open?(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
  /** Whether enough was read. */
  isDone?(): boolean;
}

/**
 * Reads an XML file of an archive while it is unpacked, never holding all of it. A document type declaration is
 * refused: Office writes none, and entities are how a few bytes become gigabytes or files of the machine.
 *
 * @throws Unreadable corrupt.
 */
export function readXml(entry: ZipEntry, unpack: Unpack, listener: XmlListener): void {
  const parser = new SaxesParser({xmlns: false, position: false});
  parser.on('doctype', () => refuse());
  parser.on('error', (error) => refuse(error));
  parser.on('opentag', ({name, attributes}) => listener.open?.(localName(name), attributes));
  parser.on('text', (text) => listener.text?.(text));
  parser.on('cdata', (text) => listener.text?.(text));
  parser.on('closetag', ({name}) => listener.close?.(localName(name)));
  let decoder: TextDecoder | undefined;
  unpack(entry, (bytes) => {
    decoder ??= new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : bytes[0] === 0xfe ? 'utf-16be' : 'utf-8');
    if (!listener.isDone?.()) parser.write(decoder.decode(bytes, {stream: true}));
  });
  if (!listener.isDone?.()) parser.close();
}

function refuse(cause?: Error): never {
  throw new Unreadable('corrupt', {cause});
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
