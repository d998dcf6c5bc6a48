/** The reading thread: a question in, an extraction out, one at a time. */
import {parentPort} from 'node:worker_threads';
import {loadLanguages} from './characters/language.ts';
import {read} from './read.ts';
import type {Question, ThreadAnswer} from './thread.ts';

if (!parentPort) throw new TypeError('Expected to run in a thread, got the main one.');
const port = parentPort;

port.on('message', async ({bytes, hints}: Question) => {
  const extraction = await read(bytes, hints);
  const attachments = extraction.outcome === 'ingested' ? extraction.attachments : [];
  // Two attachments can share a buffer, which may be handed over only once.
  const buffers = new Set(
    attachments.map(({bytes}) => bytes.buffer).filter((buffer) => buffer instanceof ArrayBuffer),
  );
  answer(extraction, [...buffers]);
});
// Every document's language is looked for, and loading takes no document's time when it comes first.
// Not by `await` at the top, which the script in an image can't have; a rejection ends the thread all the same.
void loadLanguages().then(() => answer('ready'));

function answer(message: ThreadAnswer, handedOver: ArrayBuffer[] = []): void {
  port.postMessage(message, handedOver);
}
