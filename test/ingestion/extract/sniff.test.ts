import test from 'ava';
import type {Hints} from '../../../services/ingestion/extract/extract.ts';
import {sniff} from '../../../services/ingestion/extract/sniff.ts';
import {Unreadable} from '../../../services/ingestion/extract/unreadable.ts';
import {line, noHints, pdf, zip} from './making.ts';

function formatOf(content: string | Uint8Array, hints: Hints = noHints): string {
  try {
    return sniff(typeof content === 'string' ? Buffer.from(content) : content, hints).format;
  } catch (error) {
    return error instanceof Unreadable ? error.reason : String(error);
  }
}

const named = (filename: string): Hints => ({filename, contentType: null});

test('a letter that begins like a signature of two bytes is a letter', (t) => {
  for (const start of ['BM', 'MZ', 'PK', 'II*', 'ID3', 'FWS']) {
    t.is(formatOf(`${start} Leasing charged me twice in May.`), 'text', start);
  }
});

test('a PDF is found behind the lines that a server or mail left before it', (t) => {
  t.is(formatOf(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), pdf(line('x'))])), 'pdf');
});

test('a header that a mail system writes makes a mail; a letter with a subject line stays a letter', (t) => {
  t.is(formatOf('Received: from mx\r\nFrom: a@example.org\r\n\r\nHello'), 'mail');
  t.is(formatOf('From a@example.org Wed Jul 20 17:35:09 2016\nFrom: a\nTo: b\nSubject: c\n\nHello'), 'mail');
  t.is(formatOf('Subject: my loan\n\nDear Sir or Madam,'), 'text');
  t.is(formatOf('Subject: my loan\n\nDear Sir or Madam,', named('letter.eml')), 'mail');
  t.is(formatOf('From: the heart\nI write to you', named('letter.eml')), 'text');
});

test('a header makes a mail though it has lines that are none of it, or something odd behind it', (t) => {
  const folded =
    'Received: from mx\r\nSubject: a subject\r\nthat goes on\r\nFrom: a@example.org\r\nMIME-Version: 1.0';
  t.is(formatOf(`${folded}\r\n\r\nHello`), 'mail');
  t.is(formatOf(Buffer.from(`${folded}\r\n\r\n${'\0\x01'.repeat(9_000)}`)), 'mail');
  t.is(formatOf('\r\nReceived: from mx\r\nFrom: a@example.org\r\n\r\nHello'), 'mail');
  t.is(formatOf('X-Scanner: 7\r\nFrom: a@example.org\r\nSubject: Scan\r\n\r\nHello'), 'mail');
  t.is(
    formatOf(Buffer.from('\ufeffReceived: from mx\r\nFrom: a@example.org\r\n\r\nHello', 'utf16le')),
    'mail',
  );
});

test('prose that looks like a header for some lines is a letter', (t) => {
  t.is(formatOf('From: Ann\nTo: the bank\nSubject: my loan\nDear Sir or Madam,\nI write to you.'), 'text');
  t.is(formatOf('X-ray: broken arm\nDate: 3 May\n\nDear Sir'), 'text');
  t.is(formatOf('Note: this\nPlease: that\n\nFrom: a@example.org'), 'text');
});

test('a letter that speaks of the mark of a PDF is a letter', (t) => {
  const letter = 'My program says that your statement begins with "%PDF-1.4" and can not be opened.';
  t.is(formatOf(letter), 'text');
  t.is(formatOf('It says %PDF-1.4'), 'text');
  t.is(
    formatOf(`My statement begins so:\n%PDF-1.7\nand can not be opened by any program that I have.`),
    'text',
  );
  t.is(formatOf('%PDF-1.4 is what stands in the first line of the file that you sent to me.'), 'text');
  t.is(formatOf('%PDF-1.4\n%\xe2\xe3'), 'pdf');
});

test('a page is known by its first element, whatever stands before it', (t) => {
  t.is(formatOf('<!-- saved --><?xml version="1.0"?>\n<!DOCTYPE html><p>x'), 'html');
  t.is(formatOf('<p>Hello</p>'), 'html');
  t.is(formatOf('<Company name>\nDear Sir'), 'text');
  t.is(formatOf('Hello <b>you</b>'), 'text');
  t.is(formatOf('Hello <b>you</b>', named('letter.html')), 'html');
  t.is(formatOf('Hello <b>you</b>', {filename: null, contentType: 'text/html; charset=utf-8'}), 'html');
});

test('a declared type does not turn one format into another', (t) => {
  t.is(formatOf('Dear Sir or Madam', named('letter.pdf')), 'text');
  t.is(formatOf(pdf(line('x')), {filename: 'a.txt', contentType: 'text/plain'}), 'pdf');
});

test('what has no reader is unsupported', (t) => {
  t.is(formatOf(zip({'xl/workbook.xml': '<x/>', '[Content_Types].xml': '<Types/>'})), 'unsupported');
  t.is(formatOf(zip({'a.txt': 'x'})), 'unsupported');
  t.is(formatOf('{\\rtf1 x}'), 'unsupported');
  t.is(formatOf('<?xml version="1.0"?><invoice/>'), 'unsupported');
  t.is(formatOf(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])), 'unsupported');
  t.is(formatOf(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0])), 'unsupported');
});
