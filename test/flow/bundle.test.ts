/** Mails that are bundles of separate letters, for an organization that says so. */
import {mkdir, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {documentShown} from '#events';
import {dip} from '../cli/process.ts';
import {startDip, temporaryFolder} from '../dip-process.ts';
import {shown} from '../kit/shown.ts';

const letters = {
  'card.txt': 'My credit card was charged twice and the bank refuses to refund the late fee.',
  'mortgage.txt':
    'The servicer of my mortgage did not pay my property tax from the escrow account of my loan.',
};

/** A mail of a clerk, with these letters attached. */
function bundleOf(attached: Readonly<Record<string, string>>): string {
  const parts = Object.entries(attached).map(
    ([name, text]) =>
      `Content-Type: text/plain; name=${name}\nContent-Disposition: attachment; filename=${name}\n\n${text}\n`,
  );
  return [
    'From: Post Room <scans@example.com>\nSubject: Scans of today\nMIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b\n',
    ...['Content-Type: text/plain\n\nHere are the letters that came today.\n', ...parts].map(
      (part) => `--b\n${part}`,
    ),
    '--b--\n',
  ].join('\n');
}

/** How a document stands when it has ended. */
async function documentOf(t: ExecutionContext, url: string, documentId: string) {
  const answer = await fetch(`${url}/api/archive/documents/${documentId}`, {
    headers: {prefer: 'wait=60'},
  });
  const body = Buffer.from(await answer.arrayBuffer());
  return shown(t, documentShown, {status: answer.status, headers: answer.headers, body, reply: undefined});
}

test('where mails are bundles, each letter in one is a document with an answer of its own', async (t) => {
  const data = await temporaryFolder();
  const settings = path.join(data, 'settings');
  const mail = path.join(data, 'scans.eml');
  await mkdir(settings);
  await writeFile(path.join(settings, 'organization.yaml'), 'attachments: documents\n');
  await writeFile(mail, bundleOf(letters));
  const running = await startDip(data, [], {DIP_SETTINGS_DIR: settings});
  t.teardown(async () => {
    await running.kill();
    await rm(data, {recursive: true, force: true, maxRetries: 50, retryDelay: 100});
  });

  const submitted = await dip(['doc', 'submit', mail, '--wait', '-o', 'json', '--server', running.url]);
  const bundle: {documentId: string; attachments: string[]} = JSON.parse(submitted.stdout);
  const documents = await Promise.all(
    [bundle.documentId, ...bundle.attachments].map((id) => documentOf(t, running.url, id)),
  );

  t.deepEqual(
    documents.map(({filename, status, parent, category}) => ({filename, status, parent, category})),
    [
      {filename: 'scans.eml', status: 'answered', parent: null, category: null},
      {filename: 'card.txt', status: 'answered', parent: bundle.documentId, category: 'credit_card'},
      {filename: 'mortgage.txt', status: 'answered', parent: bundle.documentId, category: 'mortgage'},
    ],
  );
  const [, card, mortgage] = documents.map(({response}) => response?.body ?? '');
  t.not(card, mortgage);
  t.deepEqual(
    documents.map(({parts}) => parts),
    [[], [], []],
  );
});
