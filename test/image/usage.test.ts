import {mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {child} from '../kit/child.ts';
import {temporaryFolder} from './folder.ts';

const main = '../../services/image/main.ts';

test('--help says how a service is built, with examples', async (t) => {
  const {code, stdout} = await child(t, main, ['--help']).ended;

  t.is(code, 0);
  t.regex(stdout, /npm run build -- SERVICE/);
  t.regex(stdout, /Examples:\n {2}npm run build -- routing\n/);
});

const wrong: Record<string, [string[], RegExp]> = {
  'a service that there is not': [
    ['rooting'],
    /^There is no service "rooting": expected .*archive, .*routing.*\.\n/,
  ],
  'a folder that holds no service': [['kit'], /^There is no service "kit"/],
  'no service': [[], /^Expected the name of a service, got none\.\n/],
  'too many words': [['routing', 'out', 'more'], /^Expected at most 2 words, got routing out more\.\n/],
  'an option that there is not': [['--minify'], /^Unknown option '--minify'/],
};
for (const [what, [words, sentence]] of Object.entries(wrong)) {
  test(`${what}: a sentence, and exit 2`, async (t) => {
    const {code, stdout, stderr} = await child(t, main, words).ended;

    t.is(code, 2);
    t.is(stdout, '');
    t.regex(stderr, sentence);
    t.true(stderr.endsWith('How it is used: npm run build -- --help\n'));
  });
}

test('a folder that holds anything else is left as it is', async (t) => {
  const folder = temporaryFolder();
  const mine = path.join(folder, 'mine');
  mkdirSync(mine);
  writeFileSync(path.join(mine, 'letter.txt'), 'Dear');

  const {code, stderr} = await child(t, main, ['routing', mine]).ended;

  t.is(code, 1);
  t.regex(
    stderr,
    /^Expected .*mine to be empty or an earlier build, got a folder with other things in it\.\n$/,
  );
  t.deepEqual(readdirSync(folder, {recursive: true}).sort(), ['mine', 'mine/letter.txt']);
});
