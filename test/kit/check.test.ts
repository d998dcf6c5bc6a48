import test from 'ava';
import {type CloudEvent, dataAs, event, Reject, Type} from '#kit';
import {toEvent} from '#kit/wire';
import {letterWritten} from './letters.ts';

const nested = event('com.dip.letter.packed', '1.0', {
  description: 'A letter was packed.',
  schema: Type.Object(
    {
      stamps: Type.Array(Type.Object({value: Type.Integer()}, {additionalProperties: false})),
      sender: Type.Union([Type.Object({name: Type.String()}, {additionalProperties: false}), Type.Null()]),
      tags: Type.Record(Type.String(), Type.Integer()),
    },
    {additionalProperties: false},
  ),
  example: {stamps: [{value: 1}], sender: null, tags: {}},
});

test('data of an older major is brought up to date', (t) => {
  const old = written({documentId: 'doc-1', words: ['one', 'two']}, 'urn:dip:com.dip.letter.written:1.7');

  t.deepEqual(dataAs(old, letterWritten), {documentId: 'doc-1', words: 2});
});

test('of a newer minor what is not known yet is left out, at any depth', (t) => {
  const data = {
    stamps: [{value: 1, color: 'red'}],
    sender: {name: 'Ada', age: 36},
    tags: {constructor: 1},
    constructor: 'x',
    weight: 20,
  };
  const event = written(data, 'urn:dip:com.dip.letter.packed:1.9');

  t.deepEqual(dataAs(event, nested), {
    stamps: [{value: 1}],
    sender: {name: 'Ada'},
    tags: Object.fromEntries([['constructor', 1]]),
  });
});

test('of the own minor what is not known is refused', (t) => {
  const event = written({documentId: 'doc-1', words: 1, weight: 20}, letterWritten.dataschema);

  t.throws(() => dataAs(event, letterWritten), {
    instanceOf: Reject,
    message: /breaks urn:dip:com\.dip\.letter/,
  });
});

test('an event without a schema is taken for one of today', (t) => {
  const {attributes, data} = written({documentId: 'doc-1', words: 1}, letterWritten.dataschema);
  const {dataschema: _, ...others} = attributes;

  t.deepEqual(dataAs({attributes: others, data}, letterWritten), {documentId: 'doc-1', words: 1});
});

for (const words of [Number.NaN, Number.POSITIVE_INFINITY]) {
  test(`${words} breaks a contract, as JSON would turn it into null`, (t) => {
    const draft = letterWritten({documentId: 'doc-1', words});

    t.throws(() => toEvent(draft, {service: 'tests', id: '1', time: undefined}), {instanceOf: TypeError});
  });
}

test('an event whose attribute CloudEvents forbids is not made', (t) => {
  const draft = letterWritten(letterWritten.example);

  t.throws(() => toEvent(draft, {service: 'tests', id: '1', time: undefined, correlationId: 'a\r\nb: c'}), {
    instanceOf: TypeError,
    message: /would be no CloudEvent/,
  });
});

test('a draft takes over only what its contract names', (t) => {
  const heard = {documentId: 'doc-1', words: 1, secret: 'x'};

  t.deepEqual(letterWritten({...heard}).data, {documentId: 'doc-1', words: 1});
});

function written(data: unknown, dataschema: string): CloudEvent {
  const attributes = {specversion: '1.0', id: '1', source: '/tests', type: 'any', dataschema};
  return {attributes, data: Buffer.from(JSON.stringify(data))};
}
