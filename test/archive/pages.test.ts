/** A page of documents whose words are kept far away. */
import {createServer, type ServerResponse} from 'node:http';
import test, {type ExecutionContext} from 'ava';
import {documentReceived, documentsShown} from '#events';
import {toEvent} from '#kit/wire';
import archive from '../../services/archive/service.ts';
import {deliver, serving} from '../kit/serving.ts';
import {shown} from '../kit/shown.ts';

const aws = {accessKeyId: 'us', secretAccessKey: 'secret', sessionToken: undefined, region: undefined};

test('the words of several documents are asked for at once, of all of a page never', async (t) => {
  const store = await slowStore(t, 4);
  const {url, ask} = await serving(t, archive, {blobsUrl: store.url, aws});
  const ids = Array.from({length: 40}, (_, number) => `doc-${String(number).padStart(20, '0')}`);
  await Promise.all(ids.map((documentId) => deliver(url, received(documentId))));

  const answer = await ask('/documents');
  const {documents} = shown(t, documentsShown, answer);

  t.is(answer.status, 200);
  t.deepEqual(documents.map(({documentId}) => documentId).toSorted(), ids);
  t.true(store.most() <= 16, `${store.most()} at once`);
});

test('a first page says how many documents there are, of a status where one is asked for, and the next ones do not', async (t) => {
  const {url, ask} = await serving(t, archive);
  const ids = Array.from({length: 5}, (_, number) => `doc-${String(number).padStart(20, '0')}`);
  for (const documentId of ids) await deliver(url, received(documentId));
  const totalOf = async (query: string) => shown(t, documentsShown, await ask(`/documents?${query}`));

  const first = await totalOf('limit=2');

  t.is(first.total, 5);
  t.is((await totalOf(`limit=2&cursor=${first.next}`)).total, undefined);
  t.is((await totalOf('limit=2&status=in-work')).total, 5);
  t.is((await totalOf('status=answered')).total, 0);
});

/** An S3 server that keeps nothing, and says so only when as many wait for it. */
async function slowStore(t: ExecutionContext, together: number) {
  const waiting = new Set<ServerResponse>();
  let most = 0;
  const server = createServer((_request, response) => {
    waiting.add(response);
    most = Math.max(most, waiting.size);
    if (waiting.size < together) return;
    for (const one of waiting) one.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
    waiting.clear();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {url: `s3://letters?endpoint=http://127.0.0.1:${port}`, most: () => most};
}

function received(documentId: string) {
  const data = {...documentReceived.example, documentId};
  return toEvent({contract: documentReceived, data}, {service: 'test', id: documentId, time: new Date()});
}
