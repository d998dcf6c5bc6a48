/** What is forged, or broken on the disk, spoils the words that it is, and nobody else's. */
import test from 'ava';
import {
  type documentsShown as Documents,
  documentReceived,
  documentShown,
  documentsShown,
  responseGenerated,
} from '#events';
import {blobName, type Represented, sha256Of} from '#kit';
import {openBlobs, toEvent} from '#kit/wire';
import archive from '../../services/archive/service.ts';
import {deliver, serving} from '../kit/serving.ts';
import {shown} from '../kit/shown.ts';

const ids = ['doc-00000000000000000001', 'doc-00000000000000000002'] as const;
type Listed = Represented<typeof Documents>['documents'][number];

test('a fact that refers to words of another shape spoils its own row, which says so', async (t) => {
  const {url, ask, config} = await serving(t, archive);
  const blobs = await openBlobs(config);
  const envelopes = new Map<string, string>();
  for (const documentId of ids) {
    const bytes = Buffer.from(JSON.stringify({filename: 'letter.txt', contentType: null, metadata: {}}));
    const envelope = blobName({documentId, eventId: 'received'}, 'envelope.json', sha256Of(bytes));
    await blobs.write(envelope, bytes);
    envelopes.set(documentId, envelope);
    const data = {...documentReceived.example, documentId, envelope};
    await deliver(url, toEvent({contract: documentReceived, data}, said(`received-${documentId}`)));
  }
  const data = {
    ...responseGenerated.example,
    documentId: ids[0],
    draft: envelopes.get(ids[0]) ?? '',
  };
  await deliver(url, toEvent({contract: responseGenerated, data}, said('forged')));

  const {documents} = shown(t, documentsShown, await ask('/documents'));
  const one = shown(t, documentShown, await ask(`/documents/${ids[0]}`));

  const of = (id: string): Listed | undefined => documents.find(({documentId}) => documentId === id);
  t.deepEqual([of(ids[0])?.faults.length, of(ids[1])?.faults.length], [1, 0]);
  t.regex(
    one.faults.join(),
    /^Blob documents\/\S+\/envelope\.[0-9a-f]{16}\.json has another shape than expected/,
  );
  t.is(one.response?.body, null);
  t.is(one.filename, 'letter.txt');
});

function said(id: string) {
  return {service: 'test', id, time: new Date()};
}
