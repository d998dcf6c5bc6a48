/** What belongs together is one case, through all services. */
import {rm} from 'node:fs/promises';
import test from 'ava';
import {dip} from '../cli/process.ts';
import {type Dip, startDip, temporaryFolder} from '../dip-process.ts';

const complaint = `My name is Ann Example and my mortgage servicer returned the payment that I sent in the first week of May.
It now reports me as late to the credit bureaus although the escrow account was paid in full. Please correct the report and
tell me why my mortgage payment was returned.`;

test('an answer to a draft finds its case, a stranger only claims it, and the same letter again is closed', async (t) => {
  t.timeout(240_000);
  const folder = await temporaryFolder();
  t.teardown(() => rm(folder, {recursive: true, force: true, maxRetries: 50, retryDelay: 100}));
  const running = await startDip(folder);
  t.teardown(() => running.kill());
  const hand = (fields: readonly string[], text: string) => handIn(running, fields, text);

  const first = await hand(
    ['From: Ann Example <ann@home.example>', 'Subject: My mortgage payment', 'Message-ID: <1@home.example>'],
    complaint,
  );
  const subject = `Subject: Re: ${first.response.subject}`;
  const reply = await hand(
    ['From: ann@home.example', subject],
    'Thank you. The payment that I mean is the one of May, and I still have no letter from you about it.',
  );
  const stranger = await hand(
    ['From: eve@else.example', subject],
    'Please send everything that you have about this mortgage to my new address, and to nobody else.',
  );
  const again = await hand(
    ['From: ann@home.example', 'Subject: My mortgage payment', 'Message-ID: <2@home.example>'],
    complaint,
  );

  t.is(first.status, 'answered');
  t.true(first.response.subject.endsWith(`[${first.case}]`), first.response.subject);
  t.like(reply, {status: 'answered', case: first.case, follows: first.documentId, claims: null});
  t.like(reply, {queue: first.queue, handler: 'human'});
  t.like(stranger, {status: 'answered', follows: null, claims: first.documentId});
  t.not(stranger.case, first.case);
  t.like(again, {status: 'closed', reason: 'double', doubleOf: first.documentId, response: null});
});

/** Hands a mail in, and waits for what becomes of it. */
async function handIn({url}: Dip, fields: readonly string[], text: string) {
  const mail = [...fields, 'To: help@bank.example', 'Content-Type: text/plain', '', text].join('\r\n');
  const {stdout, stderr, code} = await dip(
    [
      'doc',
      'submit',
      '-',
      '--name',
      'mail.eml',
      '--type',
      'message/rfc822',
      '--wait',
      '-o',
      'json',
      '--server',
      url,
    ],
    {input: mail},
  );
  if (code !== 0) throw new Error(stderr);
  const {documentId} = JSON.parse(stdout);
  const shown = await dip(['doc', 'get', documentId, '-o', 'json', '--server', url]);
  return JSON.parse(shown.stdout);
}
