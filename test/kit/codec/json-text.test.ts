import test from 'ava';
import fc from 'fast-check';
import {jsonMember} from '../../../services/kit/codec/json-text.ts';
import {jsonText} from './events.ts';

const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);

test('a member is found as it is written, whatever stands around it', (t) => {
  fc.assert(
    fc.property(jsonText, fc.dictionary(fc.string(), fc.jsonValue()), space, (value, others, gap) => {
      const before = Object.entries(others).map(
        ([name, other]) => `${JSON.stringify(name)}:${JSON.stringify(other)}`,
      );
      const member = `${gap}"data"${gap}:${gap}${value}${gap}`;
      const text = `${gap}{${[...before, member, '"z":[]'].join(',')}}${gap}`;
      if (jsonMember(text, 'data') !== value) throw new Error(text);
    }),
  );
  t.pass();
});

test('of two members with one name the last counts, as for JSON.parse', (t) => {
  t.is(jsonMember('{"a":1,"\\u0061":{"a":3},"b":2}', 'a'), '{"a":3}');
});

test('a member that is not there is not found inside another', (t) => {
  t.is(jsonMember('{"b":{"a":1},"c":"\\"a\\":1"}', 'a'), undefined);
  t.is(jsonMember('{}', 'a'), undefined);
});
