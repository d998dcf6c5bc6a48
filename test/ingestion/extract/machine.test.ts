import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {read} from '../../../services/ingestion/extract/read.ts';

const folder = path.join(import.meta.dirname, '../../documents/machines');
const rows = readFileSync(path.join(folder, 'MANIFEST.tsv'), 'utf8').trim().split('\n').slice(1);

/** What kind of machine wrote a mail. */
async function writerOf(bytes: Uint8Array): Promise<string | null> {
  const found = await read(bytes, {filename: 'mail.eml', contentType: null});
  return found.outcome === 'ingested' ? found.machine : `rejected: ${found.reason}`;
}

const mail = (fields: string, text = 'Where is my refund?') =>
  Buffer.from(
    `From: Ann Example <ann@example.com>\nTo: us@example.org\nSubject: A question\n${fields}\n\n${text}\n`,
  );

for (const row of rows) {
  const [file = '', reason = '', note = ''] = row.split('\t');
  test(`${file}: ${note}`, async (t) => {
    t.is(await writerOf(readFileSync(path.join(folder, file))), reason === '-' ? null : reason);
  });
}

test('each mark that a machine puts on its mails is known by itself', async (t) => {
  for (const [fields, machine] of [
    ['Auto-Submitted: auto-replied', 'auto-reply'],
    ['Auto-Submitted: Auto-Generated (by cron)', 'automatic'],
    ['Auto-Submitted: no', null],
    ['Precedence: bulk', 'bulk'],
    ['Precedence: normal', null],
    ['List-Unsubscribe: <https://example.org/u>', 'bulk'],
    ['List-Id: <people.example.org>', 'bulk'],
    ['X-Autoreply: yes', 'auto-reply'],
    ['X-Auto-Response-Suppress: All', 'automatic'],
    ['X-Auto-Response-Suppress: OOF', null],
    ['Return-Path: <>', 'automatic'],
    ['Return-Path: <ann@example.com>', null],
    ['Disposition-Notification-To: ann@example.com', null],
  ] as const)
    t.is(await writerOf(mail(fields)), machine, fields);
});

test('a form on a website that nobody can answer is a person all the same', async (t) => {
  const form = 'Name: Ann Example\nE-mail: ann@example.com\n\nWhere is my refund?';
  const sent = (text: string) =>
    Buffer.from(`From: no-reply@shop.example\nTo: us@example.org\nSubject: Contact form\n\n${text}\n`);

  t.is(await writerOf(sent(form)), null);
  t.is(await writerOf(sent('Your code is 4711.')), 'automatic');
});

test("only a mail can be a machine's", async (t) => {
  t.is(await writerOf(Buffer.from('I am out of the office until Monday.')), null);
});
