import {rmSync, writeFileSync} from 'node:fs';
import {IncomingMessage} from 'node:http';
import {Socket} from 'node:net';
import path from 'node:path';
import test from 'ava';
import {peopleWith, Refusal, tokenFolder} from '#gateway';
import {putToken} from '../../console/desk.ts';
import {folder} from '../../kit/serving.ts';

function requestWith(token: string): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.headers = {authorization: `Bearer ${token}`};
  return request;
}

test('a token that is revoked ends within two seconds, and not by reading the folder each time', async (t) => {
  const tokens = folder(t);
  const ann = putToken(tokens, 'ann', {role: 'submit'});
  let now = 0;
  const people = peopleWith(tokenFolder(tokens, {warn: () => {}, clock: () => now}), {clock: () => now});
  const status = () =>
    people.admit(requestWith(ann), 'submit').then(
      () => 200,
      (refusal: unknown) => (refusal instanceof Refusal ? refusal.status : refusal),
    );
  t.is(await status(), 200);
  rmSync(path.join(tokens, 'ann'));
  now = 1_999;
  t.is(await status(), 200);
  now = 2_000;
  t.is(await status(), 401);
});

test('a token ends at its time, to the millisecond', async (t) => {
  const tokens = folder(t);
  const ann = putToken(tokens, 'ann', {role: 'submit', expiresAt: '2026-06-01T00:00:00Z'});
  let now = Date.parse('2026-06-01T00:00:00Z') - 1;
  const people = peopleWith(tokenFolder(tokens, {warn: () => {}}), {now: () => now});
  t.deepEqual((await people.admit(requestWith(ann), 'submit')).person, {name: 'ann', role: 'submit'});
  now += 1;
  await t.throwsAsync(people.admit(requestWith(ann), 'submit'), {message: /ann ended at 2026-06-01/});
});

test('what is wrong with a file is said once, and again when it is wrong anew', async (t) => {
  const tokens = folder(t);
  const said: string[] = [];
  let now = 0;
  const known = tokenFolder(tokens, {warn: (sentence) => said.push(sentence), clock: () => now});
  const look = () => {
    now += 2_000;
    return known.find('x');
  };
  writeFileSync(path.join(tokens, 'broken'), '{');
  await look();
  await look();
  t.is(said.length, 1);
  rmSync(path.join(tokens, 'broken'));
  await look();
  writeFileSync(path.join(tokens, 'broken'), '{');
  await look();
  t.is(said.length, 2);
});

const record = {role: 'operate', sha256: '0'.repeat(64), createdAt: '2026-01-01T00:00:00Z', expiresAt: null};
const broken: Record<string, unknown> = {
  'an unknown role': {...record, role: 'root'},
  'no end said': {...record, expiresAt: undefined},
  'a misspelt member': {...record, expires: '2026-01-02T00:00:00Z'},
  'an end that is no time': {...record, expiresAt: '2026-13-01T00:00:00Z'},
  'an end without a zone': {...record, expiresAt: '2026-01-02'},
  'a short hash': {...record, sha256: '00'},
  'a rate of nothing': {...record, ratePerMinute: 0},
  'a list': [record],
  nothing: null,
};
for (const [what, value] of Object.entries(broken)) {
  test(`a token file with ${what} opens nothing`, async (t) => {
    const tokens = folder(t);
    const said: string[] = [];
    writeFileSync(path.join(tokens, 'ann'), JSON.stringify(value));
    const known = tokenFolder(tokens, {warn: (sentence) => said.push(sentence)});
    t.is(await known.find('x'), undefined);
    t.regex(said.join(), /token file .*ann opens nothing: it/);
  });
}

test('a folder that is not there holds no tokens, and one that can not be read is said', async (t) => {
  const said: string[] = [];
  const warn = (sentence: string) => void said.push(sentence);
  t.is(await tokenFolder(path.join(folder(t), 'none'), {warn}).find('x'), undefined);
  t.deepEqual(said, []);
  const file = path.join(folder(t), 'file');
  writeFileSync(file, '');
  t.is(await tokenFolder(file, {warn}).find('x'), undefined);
  t.regex(said.join(), /tokens can't be read/);
});
