/** What `dip doc submit` sends again, and what it takes for an answer. */
import test from 'ava';
import {files, letterId, received} from './documents.ts';
import {dip} from './process.ts';
import {type Answer, formOf, standIn} from './stand-in.ts';

test('a broken connection, and a DIP that is not available or wants fewer requests, are tried again with one key', async (t) => {
  const answers: Answer[] = [
    'reset',
    ...[503, 429].map((status) => ({status, headers: {'retry-after': '0'}})),
  ];
  const {url, arrived} = await standIn(t, (_request, nth) => answers[nth - 1] ?? received());
  const [letter = ''] = await files(t, {'letter.txt': 'Dear bank'});

  const {code, stdout} = await dip(['doc', 'submit', letter, '-o', 'name', '--server', url]);

  t.deepEqual([code, stdout], [0, `${letterId}\n`]);
  t.is(arrived.length, 4);
  t.is(new Set(arrived.map(({headers}) => headers['idempotency-key'])).size, 1);
  for (const upload of arrived) {
    const file = (await formOf(upload)).get('file');
    t.is(file instanceof File ? await file.text() : '', 'Dear bank');
  }
});

/** The attempts after which an answer is taken, by its status. */
const refusals: [number, number, Record<string, string>, RegExp][] = [
  [401, 1, {}, /put a token into DIP_TOKEN \(401\): No\.$/],
  [422, 1, {}, /DIP can not take this \(422\): No\.$/],
  [429, 6, {'retry-after': '1'}, /DIP has too much to do; try again in 1 s \(429\): No\.$/],
  [500, 1, {}, /DIP failed at this \(500\): No\.$/],
];

for (const [status, attempts, headers, sentence] of refusals) {
  test(`a ${status} is shown as a sentence after ${attempts} attempts`, async (t) => {
    const {url, arrived} = await standIn(t, () => ({status, headers, json: {error: 'No.'}}));
    const [letter = ''] = await files(t, {'letter.txt': 'x'});

    const {code, stdout} = await dip(['doc', 'submit', letter, '--server', url]);

    t.is(code, 5);
    t.regex(stdout.trimEnd(), sentence);
    t.is(arrived.length, attempts);
  });
}
