import {randomUUID} from 'node:crypto';
import {openAsBlob} from 'node:fs';
import {access, constants, stat} from 'node:fs/promises';
import {basename} from 'node:path';
import {receipt} from '#events';
import {Failure, messageOf} from '../failure.ts';
import {isSuccess, refusal, shownBy} from '../server/answer.ts';
import {type Server, Unreachable} from '../server/connect.ts';
import {withRetries} from '../server/retry.ts';
import {mediaTypeOf} from './media-type.ts';
import {type Outcome, refused} from './outcome.ts';

export interface Upload {
  readonly server: Server;
  /** Further form fields, for the document's envelope. */
  readonly metadata: ReadonlyMap<string, string>;
  /** Says that two uploads are the same. Default: a new one for each file. */
  readonly key: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Sends in one file. It is sent again while DIP is not available or the connection breaks, under one key, so
 * that it becomes one document however often it arrives.
 *
 * @returns the document as received, or why the file was not taken
 * @throws Unreachable when nothing answers
 * @throws the signal's reason when it is aborted
 */
export async function upload(file: string, {server, metadata, key, signal}: Upload): Promise<Outcome> {
  const headers = {accept: 'application/json', 'idempotency-key': key ?? randomUUID()};
  try {
    await checkFile(file);
    const send = async () => {
      const {body, contentType} = await form(file, metadata);
      const typed = {...headers, 'content-type': contentType};
      return server.request('/api/ingestion/documents', {method: 'POST', headers: typed, body, signal});
    };
    const answer = await withRetries(send, signal);
    if (!isSuccess(answer)) return refused(file, refusal(answer));
    return {file, ...shownBy(answer, receipt)};
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof Failure) || error instanceof Unreachable) throw error;
    return refused(file, error.message);
  }
}

interface Form {
  readonly body: Blob;
  readonly contentType: string;
}

/**
 * The metadata first: who reads the form as it arrives knows it before the bytes. It is one Blob, as `fetch` ends the
 * process where a FormData's Blob fails or is no longer wanted (nodejs/undici#5835).
 */
async function form(file: string, metadata: ReadonlyMap<string, string>): Promise<Form> {
  const fields = new FormData();
  for (const [name, value] of metadata) fields.append(name, value);
  const filename = basename(file);
  fields.append('file', new Blob([], {type: mediaTypeOf(filename)}), filename);
  const frame = new Response(fields);
  const contentType = frame.headers.get('content-type') ?? '';
  const around = Buffer.from(await frame.arrayBuffer());
  const end = around.lastIndexOf('\r\n--');
  const bytes = await openAsBlob(file).catch((error: unknown) => {
    throw new Failure(`${file} can not be read: ${messageOf(error)}.`, undefined, {cause: error});
  });
  return {body: new Blob([around.subarray(0, end), bytes, around.subarray(end)]), contentType};
}

async function checkFile(file: string): Promise<void> {
  const why = await fileFault(file).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' || error.code === 'ENOTDIR'
      ? `There is no file ${file}.`
      : `${file} can not be read (${error.code ?? error.message}).`,
  );
  if (why !== undefined) throw new Failure(why);
}

async function fileFault(file: string): Promise<string | undefined> {
  const found = await stat(file);
  if (found.isDirectory()) return `${file} is a folder; name the files in it, such as ${file}/*.`;
  if (!found.isFile()) return `${file} is not a file that can be read twice; save it first.`;
  await access(file, constants.R_OK);
  return undefined;
}
