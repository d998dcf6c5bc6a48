import {receipt} from '#events';
import {Failure} from '../failure.ts';
import {isSuccess, refusal, shownBy} from '../server/answer.ts';
import {type Server, Unreachable} from '../server/connect.ts';
import {withRetries} from '../server/retry.ts';
import {contentKey, type KeyMaterial} from './content-key.ts';
import {mediaTypeOf} from './media-type.ts';
import {type Outcome, refused} from './outcome.ts';
import type {Source} from './source.ts';

export interface Upload extends KeyMaterial {
  readonly server: Server;
  /** Further form fields, for the document's envelope. */
  readonly metadata: ReadonlyMap<string, string>;
  /** Says that two uploads are the same. Default: one made of the content. */
  readonly key: string | undefined;
}

/**
 * Sends in one source. It is sent again while DIP is not available or the connection breaks, under one key, so
 * that it becomes one document however often it arrives.
 *
 * @returns the document as received, or why it was not taken
 * @throws Unreachable when nothing answers
 * @throws the signal's reason when it is aborted
 */
export async function upload(source: Source, {key: given, ...options}: Upload): Promise<Outcome> {
  const {server, metadata, signal} = options;
  const {file} = source;
  try {
    const bytes = await source.open();
    const key = given ?? (await contentKey(source, bytes, options));
    const {body, contentType} = await form(source, bytes, metadata);
    const headers = {accept: 'application/json', 'idempotency-key': key, 'content-type': contentType};
    let sent = 0;
    const send = () => {
      sent++;
      return server.request('/api/ingestion/documents', {method: 'POST', headers, body, signal});
    };
    const answer = await withRetries(send, signal);
    if (!isSuccess(answer)) return refused(file, refusal(answer));
    // Sent several times now, it may be known from a moment ago.
    const repeat = answer.headers.get('idempotent-replayed') === 'true' && sent === 1;
    return {file, ...shownBy(answer, receipt), repeat};
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
async function form(source: Source, bytes: Blob, metadata: ReadonlyMap<string, string>): Promise<Form> {
  const fields = new FormData();
  for (const [name, value] of metadata) fields.append(name, value);
  const {filename, contentType: type = mediaTypeOf(filename)} = source;
  fields.append('file', new Blob([], {type}), filename);
  const frame = new Response(fields);
  const contentType = frame.headers.get('content-type') ?? '';
  const around = Buffer.from(await frame.arrayBuffer());
  const end = around.lastIndexOf('\r\n--');
  return {body: new Blob([around.subarray(0, end), bytes, around.subarray(end)]), contentType};
}
