import fc from 'fast-check';
import type {AttributeValue, CloudEvent} from '#kit';

/** Text as CloudEvents lets it be: no control characters, noncharacters or lone surrogates. */
const text = fc
  .string({unit: 'grapheme', minLength: 1, maxLength: 20})
  .filter((value) => !/[\p{Cc}\p{Noncharacter_Code_Point}]/u.test(value) && value.trim() !== '');

const extensionName = fc.stringMatching(/^[a-z][a-z0-9]{1,12}$/).filter((name) => !reserved.has(name));
const reserved = new Set([
  'data',
  'datacontenttype',
  'dataschema',
  'id',
  'source',
  'specversion',
  'subject',
  'time',
  'type',
]);

const integer = fc.integer({min: -(2 ** 31), max: 2 ** 31 - 1});

/** JSON as somebody may have written it: with numbers that no `number` holds, one name twice, escapes of all kinds. */
export const jsonText = fc.oneof(
  fc.json(),
  fc.constantFrom(
    '12345678901234567890.000',
    '1e400',
    '-0',
    'null',
    '""',
    '{"a":1,"a":2}',
    '{ "a" : [ 1 , { "}" : "\\"]" } ] }',
    '"\\ud800"',
    '"\\/"',
  ),
);

const bytes = fc.uint8Array({maxLength: 40}).map((array) => Buffer.from(array));

const typedData = fc.oneof(
  fc.record({
    contentType: fc.constantFrom('application/json', 'text/json; charset=utf-8', 'application/vnd.a+json'),
    data: fc.oneof(
      jsonText.map((json) => Buffer.from(json)),
      fc.constantFrom(Buffer.from(' {}\n'), Buffer.from('no json'), Buffer.from('\uFEFF1')),
    ),
  }),
  fc.record({
    contentType: fc.constantFrom(
      'text/plain',
      'application/octet-stream',
      'application/xml; charset="utf-8"',
    ),
    data: fc.oneof(
      bytes,
      fc.string({unit: 'binary'}).map((value) => Buffer.from(value)),
    ),
  }),
);

/** Data with the type that says what it is, as binary mode can't say "none" with a type, or bytes without one. */
const content: fc.Arbitrary<{data: Buffer | null; contentType?: string}> = fc.oneof(
  typedData,
  fc.constant({data: null}),
  bytes.filter(({length}) => length > 0).map((data) => ({data})),
);

/** Events whose every part HTTP's binary mode can carry: all attributes are text. */
export const textualEvent: fc.Arbitrary<CloudEvent> = eventOf(text);

/** Events of any kind. */
export const anyEvent: fc.Arbitrary<CloudEvent> = eventOf(fc.oneof(text, integer, fc.boolean()));

function eventOf(value: fc.Arbitrary<AttributeValue>): fc.Arbitrary<CloudEvent> {
  return fc
    .record({id: text, source: text, type: text, content, extensions: fc.dictionary(extensionName, value)})
    .map(({id, source, type, content: {data, contentType}, extensions}) => ({
      attributes: {
        specversion: '1.0',
        id,
        source,
        type,
        ...extensions,
        ...(contentType === undefined ? {} : {datacontenttype: contentType}),
      },
      data,
    }));
}
