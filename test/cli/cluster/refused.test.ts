import test from 'ava';
import {writeKubeconfig} from '../../cluster/kubeconfig.ts';
import {dip} from '../process.ts';
import {standIn} from '../stand-in.ts';

test('a context that is not there is a misuse, told with the nearest one', async (t) => {
  const kubeconfig = await writeKubeconfig(t, 'http://127.0.0.1:1', {context: 'production'});

  const {code, stderr} = await dip(['broker', 'list', '--kubeconfig', kubeconfig, '--context', 'prodction']);

  t.is(code, 2);
  t.true(stderr.endsWith(' has no context `prodction`. It has: production. Did you mean `production`?\n'));
});

test('what an API server says can not move the cursor of a terminal', async (t) => {
  const {url} = await standIn(t, () => ({status: 500, json: {message: 'etcd\u001b[2J\nis down'}}));
  const kubeconfig = await writeKubeconfig(t, url);

  const {code, stderr} = await dip(['broker', 'list', '--kubeconfig', kubeconfig]);

  t.is(code, 1);
  t.true(stderr.endsWith('(500): etcd [2J is down.\n'), stderr);
});
