import {buffer} from 'node:stream/consumers';
import test, {type ExecutionContext} from 'ava';
import {BlobMissing, type Blobs, readJson, Type} from '#kit';
import {stores, type TestedStore} from '../../state/stores.ts';

const ref = 'documents/doc-1/event-1/content.json';
const bytes = (text: string) => Buffer.from(text);

for (const store of stores) {
  for (const [what, content] of [
    ['every byte there is', Buffer.from(Array.from({length: 256}, (_, byte) => byte))],
    ['nothing', Buffer.alloc(0)],
    ['8 MB', Buffer.alloc(8_000_000, 'dip ')],
  ] as const) {
    on(store, `${what} is read again as it was written, at once and piece by piece`, async (t, blobs) => {
      await blobs.write(ref, content);

      t.true((await blobs.read(ref)).equals(content));
      t.true((await buffer(await blobs.stream(ref))).equals(content));
    });
  }

  on(store, 'a blob is written once: the same bytes change nothing, others are refused', async (t, blobs) => {
    await blobs.write(ref, bytes('first'));

    await t.notThrowsAsync(blobs.write(ref, bytes('first')));
    await t.throwsAsync(blobs.write(ref, bytes('second')), {message: /kept already, with other bytes/});

    t.is(String(await blobs.read(ref)), 'first');
  });

  on(store, 'of many writers at once one wins, and the others hear that they did not', async (t, blobs) => {
    const writes = await Promise.allSettled(
      Array.from({length: 20}, (_, number) => blobs.write(ref, bytes(`writer ${number % 2}`))),
    );

    const winner = await blobs.read(ref);
    for (const [number, {status}] of writes.entries())
      t.is(status, winner.equals(bytes(`writer ${number % 2}`)) ? 'fulfilled' : 'rejected');
  });

  on(store, 'what was never written is missing, and says its name', async (t, blobs) => {
    await t.throwsAsync(blobs.read(ref), {instanceOf: BlobMissing, message: /documents\/doc-1/});
    await t.throwsAsync(blobs.stream(ref), {instanceOf: BlobMissing, message: /documents\/doc-1/});
  });

  on(store, 'a stream that nobody reads to its end holds up nothing', async (t, blobs) => {
    await blobs.write(ref, Buffer.alloc(1_000_000));
    // Sooner than a connection that nobody reads from is given up.
    t.timeout(8_000);

    for (let time = 0; time < 40; time += 1) (await blobs.stream(ref)).destroy();

    t.is((await blobs.read(ref)).length, 1_000_000);
  });

  on(store, 'a document is erased with all its blobs, and nothing else', async (t, blobs) => {
    const other = 'documents/doc-10/event-1/content.json';
    for (const event of ['event-1', 'event-2'])
      await blobs.write(`documents/doc-1/${event}/content.json`, bytes('one'));
    await blobs.write(other, bytes('other'));

    await blobs.erase('documents/doc-1');
    await blobs.erase('documents/doc-2');

    for (const event of ['event-1', 'event-2'])
      await t.throwsAsync(blobs.read(`documents/doc-1/${event}/content.json`), {instanceOf: BlobMissing});
    t.is(String(await blobs.read(other)), 'other');
  });

  on(store, 'one blob is erased by its own name, and can be written anew', async (t, blobs) => {
    await blobs.write(ref, bytes('one'));

    await blobs.erase(ref);
    await blobs.write(ref, bytes('another'));

    t.is(String(await blobs.read(ref)), 'another');
  });

  for (const wrong of [
    'documents',
    '/etc/passwd',
    'documents/../x',
    'documents/a/../../x',
    'documents//x',
    'documents/a\0',
    'documents/a?x',
    'documents/ä',
    'write-once',
  ]) {
    on(
      store,
      `${JSON.stringify(wrong)} is no name of a blob, for anything that can be done`,
      async (t, blobs) => {
        await t.throwsAsync(blobs.write(wrong, bytes('x')), {message: /blob's name/});
        await t.throwsAsync(blobs.read(wrong), {message: /blob's name/});
        await t.throwsAsync(blobs.stream(wrong), {message: /blob's name/});
        await t.throwsAsync(blobs.erase(wrong), {message: /blob's name/});
      },
    );
  }

  on(store, 'JSON of another shape than expected is told with its name', async (t, blobs) => {
    await blobs.write(ref, bytes('{"words":"three"}'));

    const shape = Type.Object({words: Type.Number()});

    await t.throwsAsync(readJson(blobs, ref, shape), {message: /documents\/doc-1.*data\.words/});
  });
}

function on(
  {name, empty}: TestedStore,
  title: string,
  run: (t: ExecutionContext, blobs: Blobs) => Promise<void>,
): void {
  test(`${name}: ${title}`, async (t) => {
    const blobs = await empty(t);
    if (blobs !== undefined) await run(t, blobs);
  });
}
