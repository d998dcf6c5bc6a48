import type {Chance} from '../flow/chance.ts';
import {mailWith} from '../ingestion/extract/mail-with.ts';
import {docx, paragraph, pdf, run} from '../ingestion/extract/making.ts';

const letter = Buffer.from('Dear Sir, the escrow payment of my mortgage is wrong.');
const page = (inside: string) =>
  Buffer.from(`<!doctype html><html><body><p>Dear Sir.</p>${inside}</body></html>`);

/** Documents that cost their reader as much as anybody could make them cost, each made when it is sent. */
const kinds: Readonly<Record<string, () => Uint8Array>> = {
  'a mail of mails of attachments': () =>
    mailWith(Array.from({length: 30}, () => mailWith(Array.from({length: 30}, () => letter)))),
  'a mail in a mail in a mail': () => {
    let mail = mailWith([letter]);
    for (let depth = 0; depth < 30; depth++) mail = mailWith([mail]);
    return mail;
  },
  'a mail of slow attachments': () => mailWith(Array.from({length: 12}, () => slowPdf())),
  'a page of the same words without end': slowPdf,
  'a page that unpacks to 200 MiB': () => pdf(new Uint8Array(200 * 1024 * 1024).fill(0x20)),
  'an archive that unpacks to 60 MiB': () => docx(paragraph(run('a'.repeat(60 * 1024 * 1024)))),
  'an archive of a million tags': () => docx(paragraph(run('a')).repeat(300_000)),
  'elements in elements': () => page('<div>'.repeat(200_000)),
  'a style of zeros': () => page(`<p style="font-size:${'0'.repeat(1_000_000)}x">hello</p>`),
  'marks upon marks': () => Buffer.from(`a${'\u0300\u0316'.repeat(500_000)}`),
  'a line of spaces': () => Buffer.from(`a${' '.repeat(5_000_000)}b`),
  'a word without end': () => Buffer.from('mortgage'.repeat(2_000_000)),
  'bytes of no meaning': () => Buffer.from(Array.from({length: 100_000}, (_, at) => (at * 7919) % 256)),
};

function slowPdf(): Uint8Array {
  return pdf(`BT /F1 12 Tf 72 700 Td ${'(a) Tj '.repeat(2_000_000)} ET`);
}

/** A document that was made to do harm, with what it is. */
export function hostileDocument(chance: Chance): {name: string; bytes: Uint8Array} {
  const [name, make] = chance.of(Object.entries(kinds));
  return {name, bytes: make()};
}
