import {mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {ask} from '../local/gateway/asking.ts';
import {subscriber} from '../local/subscriber.ts';
import {openConsole, putToken} from './desk.ts';

const documents = '/api/archive/documents';

test('each role may do its own and what the ones before it may', async (t) => {
  const {url: behind} = await subscriber(t);
  const {url, bearer} = await openConsole(t, `${behind}/{service}`);
  const table = [
    ['POST', '/api/ingestion/documents', 'submit'],
    ['GET', `${documents}/doc-1`, 'submit'],
    ['HEAD', `${documents}/doc-1?x=/..`, 'submit'],
    ['GET', documents, 'review'],
    ['GET', `${documents}?status=failed`, 'review'],

    ['DELETE', `${documents}/doc-1`, 'operate'],
    ['POST', documents, 'operate'],
    ['GET', '/api/archive/facts', 'operate'],
    ['GET', '/api/archive/', 'operate'],
    ['GET', `${documents}/`, 'operate'],
    ['GET', `${documents}/a/b`, 'operate'],
    ['GET', `${documents}/a%2Fb`, 'operate'],
    ['GET', '/api/archive//documents', 'operate'],
    ['PUT', '/api/ingestion/documents', 'operate'],
    ['GET', '/api/dead-letter/letters', 'operate'],
    ['GET', '/api/classification/x', 'operate'],
  ] as const;
  const order = ['submit', 'review', 'operate'] as const;
  for (const [method, path, needed] of table)
    for (const role of order) {
      const answer = await ask(url, {method, path, headers: bearer[role]});
      const isAllowed = order.indexOf(role) >= order.indexOf(needed);
      t.is(answer.status, isAllowed ? 202 : 403, `${role} ${method} ${path}`);
      if (isAllowed || method === 'HEAD') continue;
      t.regex(
        answer.body,
        new RegExp(`needs the role ${needed}, and the token \\\\w+ has ${role}`.replace('\\\\', '\\')),
      );
      t.regex(
        String(answer.headers['www-authenticate']),
        new RegExp(`insufficient_scope.*scope="${needed}"`),
      );
    }
});

test('who shows no token, a wrong one or an old one is told so', async (t) => {
  const {url: behind} = await subscriber(t);
  const {url, tokens, bearer} = await openConsole(t, `${behind}/{service}`);
  const old = putToken(tokens, 'old', {role: 'operate', expiresAt: '2026-01-02T00:00:00Z'});
  const wrong: [string | undefined, RegExp][] = [
    [undefined, /needs a token/],
    ['', /needs a token/],
    ['Basic dXNlcjpwYXNz', /needs a token/],
    ['Bearer', /needs a token/],
    [`Bearer ${'x'.repeat(600)}`, /needs a token/],
    ['Bearer dip_operate_AAAA', /not known/],
    [bearer.operate.authorization.slice(0, -1), /not known/],
    [`${bearer.operate.authorization}A`, /not known/],
    [`Bearer ${old}`, /old ended at 2026-01-02/],
  ];
  for (const [authorization, says] of wrong) {
    const headers = authorization === undefined ? {} : {authorization};
    const answer = await ask(url, {path: documents, headers});
    t.is(answer.status, 401, authorization);
    t.regex(answer.body, says);
    t.regex(String(answer.headers['www-authenticate']), /^Bearer realm="dip"/);
  }
});

test('a token that is made gets in and one that is revoked does not, without a restart, as a Secret changes', async (t) => {
  const {url: behind} = await subscriber(t);
  const {url, tokens, lines} = await openConsole(t, `${behind}/{service}`);
  rmSync(tokens, {recursive: true});
  const secret = (version: string, names: readonly string[]) => {
    mkdirSync(path.join(tokens, `..${version}`), {recursive: true});
    const made = names.map((name) => putToken(path.join(tokens, `..${version}`), name, {role: 'review'}));
    symlinkSync(`..${version}`, path.join(tokens, '..next'));
    renameSync(path.join(tokens, '..next'), path.join(tokens, '..data'));
    for (const name of names) {
      rmSync(path.join(tokens, name), {force: true});
      symlinkSync(path.join('..data', name), path.join(tokens, name));
    }
    return made;
  };
  const status = async (token = '') =>
    (await ask(url, {path: documents, headers: {authorization: `Bearer ${token}`}})).status;
  const until = async (token: string | undefined, expected: number) => {
    while ((await status(token)) !== expected);
  };
  const [first, second] = secret('1', ['first', 'second']);
  await until(first, 202);
  // Requests run on while the folder changes under them.
  const running = Array.from({length: 200}, () => status(second));
  const [third] = secret('2', ['third']);
  rmSync(path.join(tokens, 'first'));
  rmSync(path.join(tokens, 'second'));
  await until(third, 202);
  for (const revoked of [first, second]) t.true([401, 429].includes(await status(revoked)));
  t.deepEqual(
    (await Promise.all(running)).filter((each) => each !== 202 && each !== 401 && each !== 429),
    [],
  );
  t.false(lines.some((line) => line.includes('opens nothing')));
});

test('a broken token file opens nothing, is named in the log and harms no other', async (t) => {
  const {url: behind} = await subscriber(t);
  const {url, tokens, lines, bearer} = await openConsole(t, `${behind}/{service}`);
  const secret = 'dip_operate_pasted-by-mistake';
  writeFileSync(path.join(tokens, 'pasted'), secret);
  writeFileSync(path.join(tokens, 'misspelt'), '{"role":"operate","sha256":"00","expires":null}');
  mkdirSync(path.join(tokens, 'folder'));
  t.is((await ask(url, {path: documents, headers: bearer.review})).status, 202);
  t.is((await ask(url, {path: documents, headers: {authorization: `Bearer ${secret}`}})).status, 401);
  for (const name of ['pasted', 'misspelt', 'folder'])
    t.is(lines.filter((line) => line.includes(`${name} opens nothing`)).length, 1, name);
  t.false(lines.join('\n').includes(secret));
});

test('a token that asks too much waits, and the others do not', async (t) => {
  const {url: behind} = await subscriber(t);
  const {url, tokens, bearer} = await openConsole(t, `${behind}/{service}`);
  const greedy = {authorization: `Bearer ${putToken(tokens, 'greedy', {role: 'submit', ratePerMinute: 6})}`};
  const path = `${documents}/doc-1`;
  const first = await ask(url, {path, headers: greedy});
  t.is(first.status, 202);
  t.is(first.headers['ratelimit-policy'], '"token";q=1;w=10');
  t.is(first.headers['ratelimit'], '"token";r=0;t=10');
  const second = await ask(url, {path, headers: greedy});
  t.is(second.status, 429);
  t.is(second.headers['retry-after'], '10');
  t.regex(second.body, /greedy is allowed 6 requests a minute\. Ask again in 10 s\./);
  t.is((await ask(url, {path, headers: bearer.submit})).status, 202);
});

test('many who show no token are put off, and who has one is not', async (t) => {
  const {url: behind} = await subscriber(t);
  const {url, bearer} = await openConsole(t, `${behind}/{service}`);
  const statuses = new Set<number>();
  for (let count = 0; count < 150; count++) statuses.add((await ask(url, {path: documents})).status);
  t.deepEqual([...statuses], [401, 429]);
  t.is((await ask(url, {path: documents, headers: bearer.review})).status, 202);
});

test('a request is one line: who, what and how long, and no word of a document or a token', async (t) => {
  const {url: behind} = await subscriber(t);
  const {url, lines, bearer} = await openConsole(t, `${behind}/{service}`);
  await ask(url, {path: `${documents}/doc-secret?q=secret`, headers: bearer.submit});
  await ask(url, {method: 'POST', path: '/api/dead-letter/secret', headers: bearer.operate, body: 'secret'});
  await ask(url, {path: '/secret'});
  const said = lines.map((line): Record<string, unknown> => JSON.parse(line));
  t.is(said.length, 3);
  t.like(said[0], {method: 'GET', route: 'GET /api/archive/documents/:id', person: 'sue', status: 202});
  t.like(said[1], {method: 'POST', route: 'POST /api/dead-letter/*', person: 'ola', status: 202});
  t.like(said[2], {route: 'elsewhere', status: 404});
  t.true(said.every(({ms}) => typeof ms === 'number'));
  t.notRegex(lines.join('\n'), /secret|dip_/);
});
