import {setTimeout as wait} from 'node:timers/promises';
import type {Letter} from './letters.ts';

/** What the sender of a letter knows of it afterwards. */
export interface Receipt {
  readonly letter: Letter;
  /** The document's id in each 202 that came back; none where the connection broke and the letter has no key. */
  readonly documentIds: readonly string[];
  /** Times it was sent. */
  readonly attempts: number;
}

export interface Sending {
  /** Where DIP is now: it may move while it is killed and started. */
  readonly url: () => Promise<string>;
  /** Letters under way at a time. */
  readonly writers: number;
  /** What says who sends, where that matters. (Default: nothing) */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long a letter is tried, in milliseconds: longer than DIP or a server is away. (Default: five minutes) */
  readonly patienceMs?: number;
  /** Told how many letters were begun, before each. */
  readonly onLetter?: (begun: number) => void;
}

/**
 * Sends letters as their senders would: one with a key is sent until it is accepted, one without only once.
 *
 * @throws Error when one with a key is not accepted in time.
 */
export async function send(letters: readonly Letter[], sending: Sending): Promise<Receipt[]> {
  const receipts: Receipt[] = [];
  const left = letters.entries();
  const write = async () => {
    for (const [index, letter] of left) {
      sending.onLetter?.(index);
      receipts.push(await sendOne(letter, sending));
    }
  };
  await Promise.all(Array.from({length: sending.writers}, write));
  return receipts;
}

async function sendOne(letter: Letter, {url, headers, patienceMs = 300_000}: Sending): Promise<Receipt> {
  const documentIds: string[] = [];
  const wanted = letter.isRepeated ? 2 : 1;
  const deadline = Date.now() + patienceMs;
  for (let attempts = 1; ; attempts++) {
    const documentId = await post(letter, await url(), headers);
    if (documentId !== null) documentIds.push(documentId);
    if (letter.key === null || documentIds.length === wanted) return {letter, documentIds, attempts};
    if (Date.now() > deadline)
      throw new Error(
        `${letter.filename} was not accepted within ${patienceMs} ms and ${attempts} attempts.`,
      );
    if (documentId === null) await wait(100);
  }
}
/** What is not answered by then is sent again. */
const longestUploadMs = 300_000;

/** @returns the document's id; null when the connection broke or DIP asked to come again. */
async function post(
  {filename, bytes, key}: Letter,
  url: string,
  sender: Readonly<Record<string, string>> = {},
): Promise<string | null> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), filename);
  const headers = {...sender, ...(key === null ? {} : {'idempotency-key': key})};
  let answer: {status: number; body: string};
  try {
    const response = await fetch(`${url}/api/ingestion/documents`, {
      method: 'POST',
      headers,
      body: form,
      signal: AbortSignal.timeout(longestUploadMs),
    });
    answer = {status: response.status, body: await response.text()};
  } catch {
    return null;
  }
  if ([429, 502, 503, 504].includes(answer.status)) return null;
  if (answer.status !== 202) throw new Error(`An upload was answered ${answer.status}: ${answer.body}`);
  const {documentId}: {documentId: string} = JSON.parse(answer.body);
  return documentId;
}
