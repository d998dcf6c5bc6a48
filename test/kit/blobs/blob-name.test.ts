import test from 'ava';
import {blobName, sha256Of} from '#kit';

const owner = {documentId: 'doc-1', eventId: 'event-1'};

test('a name says whose it is and what, and which bytes', (t) => {
  const sha256 = sha256Of(Buffer.from('Dear'));

  t.is(
    blobName(owner, 'content.json', sha256),
    `documents/doc-1/event-1/content.${sha256.slice(0, 16)}.json`,
  );
  t.is(blobName(owner, 'original', sha256), `documents/doc-1/event-1/original.${sha256.slice(0, 16)}`);
});

test('other bytes have another name', (t) => {
  const [one, other] = ['Dear', 'dear'].map((text) =>
    blobName(owner, 'content.json', sha256Of(Buffer.from(text))),
  );

  t.not(one, other);
});
