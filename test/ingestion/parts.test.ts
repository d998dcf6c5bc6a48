/** A mail and what came in it: one case. */
import test, {type ExecutionContext} from 'ava';
import {Content, documentAttached, documentReceived} from '#events';
import {type DataOf, dataAs, readJson} from '#kit';
import {folderBlobs, toEvent} from '#kit/wire';
import type {Extraction} from '../../services/ingestion/extract/extract.ts';
import {read} from '../../services/ingestion/extract/read.ts';
import {type ReadPart, readParts} from '../../services/ingestion/parts.ts';
import {folder} from '../kit/serving.ts';

const parent = {documentId: 'doc-00000000000000000001', root: 'doc-00000000000000000001', sender: 'ann'};
const cause = toEvent(documentReceived(documentReceived.example), {
  service: 'ingestion',
  id: '1',
  time: undefined,
});
const note = {
  filename: 'note.txt',
  contentType: 'text/plain',
  bytes: Buffer.from('My card was charged twice.'),
};
const broken = {filename: 'scan.pdf', contentType: 'application/pdf', bytes: Buffer.from('%PDF-1.7 broken')};
const mail = {
  filename: 'inner.eml',
  contentType: 'message/rfc822',
  bytes: Buffer.from(
    'From: Bob <bob@example.com>\nSubject: Inner\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n' +
      '--b\nContent-Type: text/plain\n\nSee the note.\n--b\nContent-Type: text/plain; name=note.txt\n' +
      'Content-Disposition: attachment\n\nMy loan was paid.\n--b--\n',
  ),
};

/** Reads parts; gives them, and the facts that tell them. */
async function partsOf(
  t: ExecutionContext,
  held: Parameters<typeof readParts>[1],
  reading: ReadPart = readWhole,
) {
  const blobs = folderBlobs(folder(t));
  const told: DataOf<typeof documentAttached>[] = [];
  const publish = async (draft: {data: DataOf<typeof documentAttached>}) => void told.push(draft.data);
  return {blobs, told, parts: await readParts(parent, held, {cause, blobs, publish, read: reading})};
}

const readWhole: ReadPart = ({bytes, ...hints}): Promise<Extraction> => read(bytes, hints);

test('each part is told with what it says, and one that can not be read with why', async (t) => {
  const {blobs, told, parts} = await partsOf(t, [note, broken]);

  t.deepEqual(
    told.map(({reason, characters}) => [reason, characters]),
    [
      [null, 26],
      ['corrupt', 0],
    ],
  );
  t.deepEqual(
    parts.map(({reason, content}) => [reason, content !== null]),
    [
      [null, true],
      ['corrupt', false],
    ],
  );
  const words = await readJson(blobs, parts[0]?.content ?? '', Content);
  t.deepEqual([words.filename, words.text], ['note.txt', 'My card was charged twice.']);
  t.deepEqual([words.own, words.signed], [undefined, [{from: 0, to: 26}]]);
  t.deepEqual(Buffer.from(await blobs.read(told[1]?.original ?? '')), broken.bytes);
});

test('what is in a part is a part, too, and says what it came in', async (t) => {
  const {told, parts} = await partsOf(t, [mail, note]);

  t.deepEqual(
    parts.map((part) => part.parent),
    [parent.documentId, parts[0]?.documentId, parent.documentId],
  );
  t.deepEqual(
    told.map(({contentType}) => contentType),
    ['message/rfc822', 'text/plain', 'text/plain'],
  );
});

test('a repeat tells the same parts', async (t) => {
  const [one, other] = [await partsOf(t, [mail, note]), await partsOf(t, [mail, note])];

  t.deepEqual(one.told, other.told);
  t.is(new Set(one.parts.map(({documentId}) => documentId)).size, 3);
});

test('when the time for the parts is up, the others are kept and named as unread', async (t) => {
  let left = 1;
  const {blobs, told} = await partsOf(t, [note, note, mail], async (attachment) =>
    left-- > 0 ? readWhole(attachment) : 'unread',
  );

  t.deepEqual(
    told.map(({reason}) => reason),
    [null, 'unread', 'unread'],
  );
  t.deepEqual(Buffer.from(await blobs.read(told[2]?.original ?? '')), mail.bytes);
});

test('a part is a fact that fits', async (t) => {
  const {told} = await partsOf(t, [note]);

  const event = toEvent(documentAttached(told[0] ?? documentAttached.example), {
    service: 'ingestion',
    id: '2',
    time: undefined,
  });
  t.deepEqual(dataAs(event, documentAttached), told[0]);
});
