/** The CloudEvents SDK as somebody else's word on what an event looks like on the wire. */
import test from 'ava';
import {HTTP, CloudEvent as SdkEvent} from 'cloudevents';
import {type CloudEvent, decode, encodeStructured} from '#kit';
import {encodeBinary} from '#kit/wire';

const theirs = new SdkEvent({
  specversion: '1.0',
  id: 'a-1',
  source: '/tests',
  type: 'com.example.said',
  time: '2026-01-31T09:00:00.000Z',
  subject: 'doc-1',
  datacontenttype: 'application/json',
  partitionkey: 'doc-1',
  data: {said: 'Grüße, 🌍', numbers: [1, 2.5, null]},
});

const ours: CloudEvent = {
  attributes: {
    specversion: '1.0',
    id: 'a-1',
    source: '/tests',
    type: 'com.example.said',
    time: '2026-01-31T09:00:00.000Z',
    subject: 'doc-1',
    datacontenttype: 'application/json',
    partitionkey: 'doc-1',
  },
  data: Buffer.from(JSON.stringify(theirs.data)),
};

for (const mode of ['binary', 'structured'] as const) {
  test(`what the SDK sends in ${mode} mode is read`, (t) => {
    const {headers, body} = HTTP[mode](theirs);
    const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);

    const {attributes, data} = decode(Object.fromEntries(lowerCase), Buffer.from(String(body)));

    t.deepEqual(JSON.parse(data?.toString() ?? ''), theirs.data);
    for (const name of ['id', 'source', 'type', 'time', 'subject', 'partitionkey'])
      t.is<unknown, unknown>(attributes[name], theirs[name]);
  });
}

for (const [mode, encode] of Object.entries({binary: encodeBinary, structured: encodeStructured})) {
  test(`what is sent in ${mode} mode is read by the SDK`, (t) => {
    const {headers, body} = encode(ours);

    const read = HTTP.toEvent({headers, body: body.toString('utf8')});

    if (Array.isArray(read)) return t.fail('Expected one event.');
    t.deepEqual(read.data, theirs.data);
    for (const name of ['id', 'source', 'type', 'time', 'subject', 'partitionkey'])
      t.is(read[name], theirs[name]);
  });
}
