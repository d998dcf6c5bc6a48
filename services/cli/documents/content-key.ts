import {createHmac} from 'node:crypto';
import {Failure} from '../failure.ts';
import type {Source} from './source.ts';

export interface KeyMaterial {
  readonly metadata: ReadonlyMap<string, string>;
  /** Tells one time that the same is sent from another; undefined: it is the first. */
  readonly again: string | undefined;
  /** The sender's token, or nothing: without it nobody can work out the id of a document whose bytes they know. */
  readonly secret: string;
  readonly signal: AbortSignal;
}

/**
 * The Idempotency-Key of what is sent without one: made of the bytes and of all that is said about them, so that the
 * same sent twice is one document, even where the first `dip` was killed before it heard that it was taken.
 *
 * @returns `content-` and 64 hexadecimal digits
 * @throws Failure when the bytes can't be read to their end
 * @throws the signal's reason when it is aborted
 */
export async function contentKey(source: Source, bytes: Blob, material: KeyMaterial): Promise<string> {
  const {metadata, again, secret, signal} = material;
  const said = [source.filename, source.contentType ?? null, [...metadata].sort(), again ?? null];
  const hash = createHmac('sha256', secret).update(`${JSON.stringify(said)}\n`);
  try {
    for await (const chunk of bytes.stream()) {
      signal.throwIfAborted();
      hash.update(chunk);
    }
  } catch (error) {
    signal.throwIfAborted();
    const sentence = `${source.file} can not be read to its end: it was changed or taken away meanwhile.`;
    throw new Failure(sentence, undefined, {cause: error});
  }
  return `content-${hash.digest('hex')}`;
}
