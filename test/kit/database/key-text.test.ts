import test from 'ava';
import {keyText} from '#kit';

test('a text that an index takes stays as it is', (t) => {
  for (const text of ['', '1', 'ü'.repeat(500)]) t.is(keyText(text), text);
});

test('a longer one, by its bytes, becomes a short one of its own', (t) => {
  const [one = '', other = ''] = ['ü'.repeat(501), 'ü'.repeat(502)].map(keyText);

  t.true(one.length < 100);
  t.not(one, other);
});

test('nobody can write a text that is taken for a longer one', (t) => {
  const long = keyText('x'.repeat(2_000));

  t.not(keyText(long), long);
});
