import test from 'ava';
import {hint, programName, quoted} from '../../services/cli/hint.ts';
import {shell} from './shell.ts';

test('a hint asks where the command asked, unless it would by itself', (t) => {
  const terminal = {program: 'npx dip', env: {}};
  const line = (where: Parameters<typeof hint>[2], env = {}) =>
    hint({...terminal, env}, ['doc', 'list'], where);

  t.is(line({}), 'npx dip doc list');
  t.is(line({server: 'http://10.0.0.1:80/a b'}), "npx dip doc list --server 'http://10.0.0.1:80/a b'");
  t.is(line({server: 'http://127.0.0.1:8080'}), 'npx dip doc list');
  t.is(
    line({server: 'http://127.0.0.1:8080'}, {DIP_SERVER: 'http://10.0.0.1'}),
    'npx dip doc list --server http://127.0.0.1:8080',
  );
  t.is(
    line({context: 'kind-dip', kubeconfig: '/tmp/my config', namespace: 'mail', manifests: ['a', 'b']}),
    "npx dip doc list --context kind-dip --kubeconfig '/tmp/my config' --namespace mail --manifests a --manifests b",
  );
});

test('a quoted word comes out of a shell as it went in', async (t) => {
  const words = ['plain', 'a b', "it's", '"$HOME" `x` \\ !', '', '~', 'ä\u001b[31m\n\t', '-n', '*', '\u0085'];

  const out = await shell('bash', `printf '%s\\0' ${words.map(quoted).join(' ')}`);

  t.deepEqual(out.split('\0').slice(0, -1), words);
  t.notRegex(words.map(quoted).join(''), /\p{Cc}/u);
});

test('hints call dip as it was called', (t) => {
  const env = {PATH: '/usr/bin:/project/node_modules/.bin'};
  const script = '/project/node_modules/.bin/dip';

  t.is(programName({...env, npm_command: 'exec'}, script, '/project'), 'npx dip');
  t.is(programName(env, script, '/project'), 'dip');
  t.is(programName({PATH: '/usr/bin'}, script, '/project'), 'node_modules/.bin/dip');
  t.is(programName({PATH: '/usr/bin'}, script, '/else/where'), script);
  t.is(programName({PATH: '/usr/bin'}, '/project/services/cli/start.mjs', '/project'), 'dip');
});
