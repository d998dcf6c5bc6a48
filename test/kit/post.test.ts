import test from 'ava';
import {post} from '../../services/kit/post.ts';
import {unreachable} from './unreachable.ts';

test('a broker that no connection leads to is given up in time', async (t) => {
  t.timeout(20_000);
  const url = new URL(`http://${await unreachable(t)}/dip/default`);
  const message = {headers: {}, body: Buffer.from('{}')};

  await t.throwsAsync(post(url, message, {silenceMs: 300}), {message: /said nothing for 0.3 s/});
});
