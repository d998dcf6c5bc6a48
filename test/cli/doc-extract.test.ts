/** Documents are read as ingestion does, by a command and with nothing else running. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {project} from '../helm/objects.ts';
import {files} from './documents.ts';
import {dip} from './process.ts';

const documents = path.join(project, 'test/documents');

interface Shown {
  readonly file: string;
  readonly status: string;
  readonly reason: string | null;
  readonly contentType: string | null;
  readonly language: string | null;
  readonly pages: number | null;
  readonly characters: number;
  readonly text: string;
  readonly parts: readonly Shown[];
}

test('one file is one object, with its text and what is attached to it', async (t) => {
  const file = path.join(documents, 'credit-report.eml');

  const {code, stdout, stderr} = await dip(['doc', 'extract', file, '-o', 'json']);

  t.deepEqual([code, stderr], [0, '']);
  const mail: Shown = JSON.parse(stdout);
  t.deepEqual([mail.file, mail.status, mail.reason], [file, 'ingested', null]);
  t.deepEqual([mail.contentType, mail.language, mail.pages], ['message/rfc822', 'en', null]);
  t.regex(mail.text, /^Hello,\n\nmy credit report still shows/);
  t.is(mail.characters, mail.text.length);
  t.deepEqual(
    mail.parts.map((part) => [part.file, part.status, part.pages]),
    [
      ['Ablehnung – lender’s letter.pdf', 'ingested', 2],
      ['accounts.csv', 'ingested', null],
    ],
  );
});

test('several files are an array, and one that is rejected says why', async (t) => {
  const names = ['complaint.md', 'encrypted.pdf'].map((name) => path.join(documents, name));

  const {code, stdout} = await dip(['doc', 'extract', ...names, '-o', 'json']);

  const shown: Shown[] = JSON.parse(stdout);
  t.is(code, 5);
  t.deepEqual(
    shown.map(({status, reason, contentType}) => [status, reason, contentType]),
    [
      ['ingested', null, 'text/markdown'],
      ['rejected', 'encrypted', null],
    ],
  );
});

test('a table says what was read of each file, and a file that is not there is named', async (t) => {
  const [letter = ''] = await files(t, {'letter.txt': 'Dear Sir, my mortgage payment was booked twice.'});

  const {code, stdout} = await dip(['doc', 'extract', letter, '/nowhere/letter.pdf']);

  const [titles, first, second] = stdout.split('\n');
  t.is(code, 5);
  t.regex(titles ?? '', /^FILE +STATUS +TYPE +LANGUAGE +PAGES +CHARACTERS +PARTS +NOTE$/);
  t.regex(first ?? '', /letter\.txt +ingested +text\/plain +en +- +47 +0 +Dear Sir, my mortgage/);
  t.regex(second ?? '', /failed .*There is no file \/nowhere\/letter\.pdf\.$/);
});

test('stdin is read, and may be said to be something', async (t) => {
  const bytes = readFileSync(path.join(documents, 'credit-card.html'));

  const read = await dip(['doc', 'extract', '-', '--name', 'page.html', '-o', 'json'], {
    input: bytes.toString(),
  });
  const none = await dip(['doc', 'extract', '-'], {input: ''});

  t.is(JSON.parse(read.stdout).contentType, 'text/html');
  t.is(none.code, 1);
  t.regex(none.stdout, /^- +rejected .* empty$/m);
});
