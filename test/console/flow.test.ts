import {mkdirSync, rmSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {dip} from '../cli/process.ts';
import {type Dip, startDip, temporaryFolder} from '../dip-process.ts';
import {openConsole, putToken} from './desk.ts';

const letter = fileURLToPath(new URL('../documents/credit-card.txt', import.meta.url));

let running: Dip;
test.before(async () => {
  running = await startDip(await temporaryFolder());
});
test.after.always(async () => {
  await running?.kill();
  rmSync(running.dataDirectory, {recursive: true, force: true, maxRetries: 50, retryDelay: 100});
});

test('the same command line works against a console, with a token for what one may do', async (t) => {
  const {url, tokens} = await openConsole(t, `${running.url}/api/{service}`);
  const as = (role: 'submit' | 'review' | 'operate') => ({
    env: {DIP_TOKEN: putToken(tokens, `clerk-${role}`, {role}), DIP_SERVER: url},
  });
  const submitter = as('submit');
  const reviewer = as('review');
  const operator = as('operate');
  const submit = ['doc', 'submit', letter, '--wait', '-o', 'json'];
  let submitted = await dip(submit, submitter);
  // The tokens are known when their folder is looked at again, soon.
  for (let turn = 0; turn < 50 && `${submitted.stdout}${submitted.stderr}`.includes('(401)'); turn++)
    submitted = await dip(submit, submitter);

  t.is(submitted.code, 0, submitted.stderr);
  const document = JSON.parse(submitted.stdout);
  t.is(document.status, 'answered');
  const described = await dip(['doc', 'describe', document.documentId, '-o', 'json'], submitter);
  t.is(JSON.parse(described.stdout).category, 'credit_card');
  const mayNot = await dip(['doc', 'list'], submitter);
  t.is(mayNot.code, 1);
  t.regex(
    mayNot.stderr,
    /does not let you do this \(403\): This needs the role review, and the token clerk-submit/,
  );
  const listed = await dip(['doc', 'list', '-o', 'name'], reviewer);
  t.true(listed.stdout.includes(document.documentId));
  const nobody = await dip(['doc', 'list', '--server', url]);
  t.is(nobody.code, 1);
  t.regex(nobody.stderr, /put a token into DIP_TOKEN \(401\)/);
  const sent = await dip(['event', 'send', 'document.rejected'], operator);
  t.is(sent.code, 1);
  t.regex(sent.stderr, /No events are taken here: post yours to the broker's ingress: kubectl/);
});

test('who prefers to wait hears the end of a document in the answer to its upload', async (t) => {
  const {url, bearer} = await openConsole(t, `${running.url}/api/{service}`);
  const body = new FormData();
  body.append(
    'file',
    new Blob(['I was charged twice on my credit card. Please refund the fee.']),
    'letter.txt',
  );
  const answer = await fetch(`${url}/api/ingestion/documents`, {
    method: 'POST',
    headers: {...bearer.submit, prefer: 'wait=60'},
    body,
  });
  t.is(answer.status, 200);
  t.is(answer.headers.get('preference-applied'), 'wait=60');
  t.is(answer.headers.get('x-content-type-options'), 'nosniff');
  const {status}: {status?: string} = JSON.parse(await answer.text());
  t.is(status, 'answered');
});

test('a console without an address of services, or of a folder, says so and does not start', async (t) => {
  const folder = path.join(await temporaryFolder(), 'data');
  mkdirSync(folder);
  t.teardown(() => rmSync(path.dirname(folder), {recursive: true}));
  const missing = await dip(['serve', 'console'], {env: {PORT: '0', DIP_DATA_DIR: folder}});
  t.is(missing.code, 78);
  t.regex(missing.stderr, /^console: Expected DIP_SERVICES_URL, where the services are/);
  const wrong = await dip(['serve', 'console'], {env: {PORT: '0', DIP_SERVICES_URL: 'archive'}});
  t.is(wrong.code, 78);
});
