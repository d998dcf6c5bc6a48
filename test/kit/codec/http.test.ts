import test from 'ava';
import fc from 'fast-check';
import {type CloudEvent, decode, encodeStructured, Reject} from '#kit';
import {contentMode, encodeBinary} from '#kit/wire';
import {anyEvent, textualEvent} from './events.ts';

const minimal = {'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/tests', 'ce-type': 'test'};
const none = Buffer.alloc(0);

test('an event comes out of binary mode as it went in', (t) => {
  fc.assert(
    fc.property(textualEvent, (event) => {
      const {headers, body} = encodeBinary(event);
      same(decode(headers, body), event);
    }),
  );
  t.pass();
});

test('an event comes out of structured mode as it went in, to the byte', (t) => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      const {headers, body} = encodeStructured(event);
      same(decode(headers, body), event);
    }),
  );
  t.pass();
});

test('a header is never more than one line of printable ASCII', (t) => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      for (const value of Object.values(encodeBinary(event).headers))
        if (!/^[ -~]*$/.test(value)) throw value;
    }),
  );
  t.pass();
});

test('a number that no JavaScript number holds is kept', (t) => {
  const text = '{"specversion":"1.0","id":"1","source":"/t","type":"t","data":{"n":12345678901234567890.10}}';

  const {data} = decode({'content-type': 'application/cloudevents+json'}, Buffer.from(text));

  t.is(data?.toString(), '{"n":12345678901234567890.10}');
});

test('a batch is refused by a sentence that says what to do', (t) => {
  const headers = {'content-type': 'application/cloudevents-batch+json'};

  t.throws(() => decode(headers, Buffer.from('[]')), {
    instanceOf: Reject,
    message: /send each event by itself/,
  });
});

test('the media type decides the mode before `ce-` headers do', (t) => {
  t.is(
    contentMode({...minimal, 'content-type': 'Application/CloudEvents+JSON ; charset=utf-8'}),
    'structured',
  );
  t.is(contentMode({...minimal, 'content-type': 'application/cloudevents-batch+json'}), 'batch');
  t.is(contentMode({...minimal, 'content-type': 'application/json'}), 'binary');
  t.is(contentMode({'content-type': 'application/json', 'ce-id': '1'}), undefined);
});

test('no body and no content type is no data; a content type makes it empty data', (t) => {
  t.is(decode(minimal, none).data, null);
  t.deepEqual(decode({...minimal, 'content-type': 'text/plain'}, none).data, none);
});

test('data that is null is not the same as no data', (t) => {
  const head = '{"specversion":"1.0","id":"1","source":"/t","type":"t"';
  const structured = {'content-type': 'application/cloudevents+json'};

  t.is(decode(structured, Buffer.from(`${head},"data":null}`)).data?.toString(), 'null');
  t.is(decode(structured, Buffer.from(`${head}}`)).data, null);
});

const refused: Record<string, [Record<string, string>, string?]> = {
  'no event at all': [{'content-type': 'application/json'}, '{}'],
  'an empty id': [{...minimal, 'ce-id': ''}],
  'a blank type': [{...minimal, 'ce-type': '%20'}],
  'a version of the future': [{...minimal, 'ce-specversion': '2.0'}],
  'a datacontenttype as header': [{...minimal, 'ce-datacontenttype': 'text/plain'}],
  'a name with a dash': [{...minimal, 'ce-my-name': 'x'}],
  'a name that no object can hold': [{...minimal, 'ce-__proto__': 'x'}],
  'a line feed behind an emoji': [{...minimal, 'ce-subject': '%F0%9F%98%80%0D%0Ax'}],
  'escapes that are no UTF-8': [{...minimal, 'ce-subject': '%C0%AF'}],
  'a noncharacter': [{...minimal, 'ce-subject': '%EF%BF%BF'}],
  '30 February': [{...minimal, 'ce-time': '2026-02-30T09:00:00Z'}],
  'a relative dataschema': [{...minimal, 'ce-dataschema': '/schemas/x'}],
};
for (const [what, [headers, body = '']] of Object.entries(refused)) {
  test(`${what} is refused in binary mode`, (t) => {
    t.throws(() => decode(headers, Buffer.from(body)), {instanceOf: Reject});
  });
}

const refusedMembers: Record<string, string> = {
  'an object as attribute': '"a":{}',
  'an array as attribute': '"a":[]',
  'a name that no object can hold': '"__proto__":"x"',
  'an upper-case name': '"A":"x"',
  'an integer beyond 32 bits': '"a":2147483648',
  'a fraction': '"a":1.5',
  'half a character': '"a":"\\ud800"',
  'a subject that is a number': '"subject":5',
  'base64 cut short': '"data_base64":"A"',
  'base64 that is none': '"data_base64":"%%%%"',
  'data twice over': '"data":1,"data_base64":"QQ=="',
  'a content type with a line feed': '"datacontenttype":"text/plain;\\na=b"',
  'a content type beyond ASCII': '"datacontenttype":"text/plain;a=\u20ac"',
};
for (const [what, member] of Object.entries(refusedMembers)) {
  test(`${what} is refused in structured mode`, (t) => {
    const body = Buffer.from(`{"specversion":"1.0","id":"1","source":"/t","type":"t",${member}}`);

    t.throws(() => decode({'content-type': 'application/cloudevents+json'}, body), {instanceOf: Reject});
  });
}

test('an integer attribute may have all 32 bits', (t) => {
  const body = '{"specversion":"1.0","id":"1","source":"/t","type":"t","low":-2147483648,"high":2147483647}';
  const {attributes} = decode({'content-type': 'application/cloudevents+json'}, Buffer.from(body));

  t.is(attributes['low'], -2_147_483_648);
  t.is(attributes['high'], 2_147_483_647);
});

/** Like `t.deepEqual`, where fast-check can catch it. */
function same(actual: CloudEvent | CloudEvent[], expected: CloudEvent | CloudEvent[]): void {
  const [one, other] = [actual, expected].map(plain);
  if (one !== other) throw new Error(`${one}\nis not\n${other}`);
}

function plain(value: CloudEvent | CloudEvent[]): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
