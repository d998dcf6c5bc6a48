import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {cp, mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {commandHelp} from '../../services/cli/help.ts';
import {commands} from '../../services/cli/registry.ts';
import {runProgram} from '../cluster/run-program.ts';
import {dip, main} from './process.ts';
import {deserted, standIn} from './stand-in.ts';

test('the help names every command, its summary and the exit codes', async (t) => {
  const {code, stdout, stderr} = await dip(['--help']);

  t.is(code, 0);
  t.is(stderr, '');
  for (const {name, summary} of commands) t.regex(stdout, new RegExp(`^  ${name} +${summary}$`, 'm'));
  t.true(stdout.includes('0 ok, 1 error, 2 usage, 3 not found, 4 check failed, 5 partial'));
});

test('an old Node hears which one DIP wants', async (t) => {
  const pretend = 'data:text/javascript,Object.defineProperty(process.versions,`node`,{value:`20.20.2`})';

  const {code, stdout, stderr} = await dip(['--version'], {env: {NODE_OPTIONS: `--import=${pretend}`}});

  t.deepEqual([code, stdout], [1, '']);
  t.regex(stderr, /^This is Node 20\.20\.2; DIP wants 24 or later\. `npm start` /);
});

test('without its packages DIP says how to install them', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'dip-bare-'));
  t.teardown(() => rm(folder, {recursive: true, force: true}));
  const start = join(folder, 'services/cli/start.mjs');
  await cp(main, start);

  const {status, stdout, stderr} = spawnSync(process.execPath, [start, 'doc', 'list'], {encoding: 'utf8'});

  t.deepEqual([status, stdout, stderr], [1, '', 'The packages of DIP are not installed. Next: npm ci\n']);
});

test('the registry says of each command what the command says of itself', async (t) => {
  for (const {name, summary, load} of commands) {
    const {default: command} = await load();
    t.is(command.name, name);
    t.is(command.summary, summary);
    t.true(command.examples.length > 0, `${name} has no example`);
  }
});

test('the help of every command fits a terminal of 120 columns', async (t) => {
  for (const {load} of commands) {
    const {default: command} = await load();
    for (const line of commandHelp(command).split('\n')) t.true(line.length <= 120, line);
  }
});

test('each command has a help with its options and examples', async (t) => {
  const {code, stdout} = await dip(['doc', 'submit', '--help']);

  t.is(code, 0);
  t.true(stdout.includes('Usage: dip doc submit FILE…'));
  t.regex(stdout, /^ {2}-w, --wait +Wait until/m);
  t.regex(stdout, /^Examples\n {2}# /m);
});

test('a token of several words is refused before it is sent, and not shown', async (t) => {
  const {url, arrived} = await standIn(t, () => ({status: 200, json: {documents: [], next: null}}));
  const list = (token: string) => dip(['doc', 'list', '--server', url], {env: {DIP_TOKEN: token}});

  const {code, stdout, stderr} = await list('NAME  TOKEN\nme    dip_operate_secret');

  t.deepEqual([code, stdout, arrived.length], [2, '', 0]);
  t.regex(stderr, /^DIP_TOKEN is not one word: expected a token, /);
  t.notRegex(stderr, /secret/);
  t.is((await list('dip_operate_secret\n')).code, 0);
  t.is(arrived[0]?.headers['authorization'], 'Bearer dip_operate_secret');
});

test('a noun has a help of its own', async (t) => {
  const help = await dip(['documents', '--help']);
  const bare = await dip(['doc']);

  t.is(help.code, 0);
  t.true(help.stdout.includes('doc submit'));
  t.false(help.stdout.includes('event send'));
  t.deepEqual([bare.code, bare.stdout, bare.stderr], [2, '', help.stdout]);
});

test('dip without words shows its help as an error', async (t) => {
  const {code, stdout, stderr} = await dip([]);

  t.deepEqual([code, stdout], [2, '']);
  t.true(stderr.includes('Usage: dip <noun> <verb>'));
});

test('the version is that of the package', async (t) => {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  const {code, stdout} = await dip(['--version']);

  t.is(code, 0);
  t.true(text.includes(`"version": "${stdout.trim()}"`));
});

test('npx finds the command among those of the packages, where it looks first', async (t) => {
  const project = join(import.meta.dirname, '../..');
  const {code, stdout, stderr} = await runProgram('npx', ['--no', '--', 'dip', 'doc', '--help'], {
    cwd: project,
    // Where it did not lie there, npm would look for it at the registry, and find none.
    environment: {...process.env, npm_config_registry: 'http://127.0.0.1:9', npm_config_fetch_retries: '0'},
  });

  t.is(code, 0, stderr);
  t.regex(stdout, /Usage: dip doc <verb>/);
  t.true(existsSync(join(project, 'node_modules/.bin/dip')), 'npm has to look at all packages first');
});

const mistakes: [string, string[], RegExp][] = [
  ['a mistyped noun', ['dco', 'list'], /^`dco` is not a command of dip; did you mean `dip doc`\?$/],
  [
    'a verb without its noun',
    ['list'],
    /^`list` is not a command of dip; did you mean `dip doc list`, `dip token list`, `dip identity list`, `dip broker list`, `dip trigger list`\?$/,
  ],
  ['a noun of nothing known', ['umbrella'], /^`umbrella` is not a command of dip\.$/],
  [
    'a mistyped verb',
    ['doc', 'lsit'],
    /did you mean `dip doc list`\? It has: submit, list, describe, resume, extract\.$/,
  ],
  [
    'a mistyped option',
    ['doc', 'list', '--sever', 'x'],
    /^`--sever` is not an .*; did you mean `--server`\?$/,
  ],
  ['an unknown short option', ['doc', 'list', '-z'], /^`-z` is not an option of `dip doc list`\.$/],
  ['an option without its value', ['doc', 'list', '--limit'], /^`--limit` wants a value: `--limit N`\.$/],
  ['a switch with a value', ['doc', 'submit', 'x', '--wait=1'], /^`--wait` takes no value, got `1`\.$/],
  [
    'an operand too many',
    ['doc', 'list', 'x'],
    /^`dip doc list` takes no argument, got 1\. Usage: dip doc list/,
  ],
  [
    'an operand too few',
    ['doc', 'describe'],
    /^`dip doc describe` takes 1, got 0\. Usage: dip doc describe ID/,
  ],
  ['no file', ['doc', 'submit'], /^`dip doc submit` takes at least 1, got 0\./],
  ['an option before the command', ['--server', 'x', 'doc'], /^`--server` comes before any command;/],
  [
    'an unknown format',
    ['doc', 'list', '-o', 'jsn'],
    /^-o is one of table, .*, got `jsn`; did you mean `json`\?$/,
  ],
  ['an unknown status', ['doc', 'list', '--status', 'anwsered'], /did you mean `answered`\?$/],
  ['a limit that is no number', ['doc', 'list', '--limit', 'many'], /^`--limit` is a whole number from 1/],
  [
    'a server that is no address',
    ['doc', 'list', '--server', 'ftp://x'],
    /^`--server` is an address such as/,
  ],
  ['a password in the address', ['doc', 'list', '--server', 'http://a:b@x'], /put a token into DIP_TOKEN/],
  ['a timeout without a unit we know', ['doc', 'submit', 'x', '--timeout', '1y'], /is a duration such as/],
  ['one key for two files', ['doc', 'submit', 'x', 'y', '--key', 'k'], /it goes with one FILE\.$/],
  ['metadata without a name', ['doc', 'submit', 'x', '--metadata', '=v'], /wants name=value, got `=v`\.$/],
];

for (const [what, words, sentence] of mistakes) {
  test(`${what} is one sentence and exit code 2`, async (t) => {
    const {code, stdout, stderr} = await dip(words);

    t.deepEqual([code, stdout], [2, '']);
    t.regex(stderr.trimEnd(), sentence);
    t.is(stderr.trimEnd().split('\n').length, 1);
  });
}

test('where nothing answers, one sentence says what to do', async (t) => {
  const url = await deserted();
  const sentence = `Nothing answers at ${url}. Start DIP with \`npm start -- --port ${new URL(url).port}\`, or name another with --server.\n`;
  const expected = {code: 1, stdout: '', stderr: sentence};

  t.deepEqual(await dip(['doc', 'list', '--server', url]), expected);
  t.deepEqual(await dip(['doc', 'list'], {env: {DIP_SERVER: url}}), expected);
  t.deepEqual(await dip(['doc', 'submit', process.execPath, '--server', url]), expected);
  t.deepEqual(await dip(['event', 'send', 'document.rejected', '--server', url]), expected);
});

test('the help loads no package, and a command that reads only what checks an answer', async (t) => {
  const {url} = await standIn(t, () => ({status: 200, json: {documents: [], next: null}}));
  const others = async (words: string[], expected: RegExp) => {
    const loaded = await filesLoadedBy(words);
    t.true(loaded.some((file) => file.endsWith('services/cli/dispatch.ts')));
    return loaded.filter((file) => /node_modules|services\//.test(file) && !expected.test(file));
  };

  for (const words of [['--help'], ['event', 'build', '--help']])
    t.deepEqual(await others(words, /services\/(cli\/|kit\/json\.ts)/), [], words.join(' '));
  const list = ['doc', 'list', '--server', url];
  t.deepEqual(await others(list, /services\/(cli|kit|events)\/|node_modules\/typebox\//), []);
});

/** The files that a `dip` loaded, from what V8 says it covered. */
async function filesLoadedBy(words: string[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dip-cli-'));
  try {
    await dip(words, {env: {NODE_V8_COVERAGE: folder}});
    const reports = await readdir(folder);
    const texts = await Promise.all(reports.map((name) => readFile(join(folder, name), 'utf8')));
    return texts.flatMap((text) => [...text.matchAll(/"url":"(file:[^"]+)"/g)].map(([, file = '']) => file));
  } finally {
    await rm(folder, {recursive: true});
  }
}
