import test from 'ava';
import {Reject} from '#kit';
import {percentDecode, percentEncode} from '../../../services/kit/codec/percent.ts';

test('what the specification encodes is encoded, and nothing else', (t) => {
  t.is(percentEncode('Euro € 😀'), 'Euro%20%E2%82%AC%20%F0%9F%98%80');
  t.is(percentEncode('"100%"'), '%22100%25%22');
  t.is(percentEncode("!#$&'()*+,-./:;<=>?@[]^_`{|}~aZ9"), "!#$&'()*+,-./:;<=>?@[]^_`{|}~aZ9");
});

const decoded: Record<string, [string, string]> = {
  'needless escapes': ['%41%7a', 'Az'],
  'lower-case digits': ['%e2%82%ac', '€'],
  'one round only': ['%2525', '%25'],
  'a lone percent sign': ['100%', '100%'],
  'a quoted value': ['"a \\"b\\" %41"', 'a "b" A'],
  'raw UTF-8, which Node reads as Latin-1': ['â\u0082¬', '€'],
  'raw Latin-1': ['caf\u00e9', 'café'],
  'a byte order mark': ['%EF%BB%BFa', '\uFEFFa'],
};
for (const [what, [header, value]] of Object.entries(decoded)) {
  test(`${what}: taken`, (t) => {
    t.is(percentDecode(header, 'subject'), value);
  });
}

for (const escapes of ['%C0%80', '%ED%A0%80', '%FF', '%E2%82']) {
  test(`${escapes} is refused, as it is no UTF-8`, (t) => {
    t.throws(() => percentDecode(escapes, 'subject'), {instanceOf: Reject, message: /ce-subject/});
  });
}
