import {timingSafeEqual} from 'node:crypto';
import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {messageOf} from '#kit';
import {decodeRecord, hashOf, isTokenName, type TokenRecord} from './token.ts';

/** A token that somebody holds. */
export interface Token extends TokenRecord {
  readonly name: string;
}

/** The tokens that there are, as their folder says. */
export interface Tokens {
  /** The token that was made with these words; undefined: there is none, or none any more. */
  find(words: string): Promise<Token | undefined>;
}

/** How long a folder is trusted to be as it was, in milliseconds: a token that is revoked ends within it. */
const freshMs = 2_000;

/** A token's file is far smaller. */
const largestFileBytes = 4_096;

/**
 * Reads tokens from a folder, a file each, again and again as time goes by: a Secret's volume changes under us. What
 * can't be read opens nothing and is warned of once.
 *
 * @param clock milliseconds of a clock that never goes back
 */
export function tokenFolder(
  folder: string,
  {warn, clock = () => performance.now()}: {warn: (sentence: string) => void; clock?: () => number},
): Tokens {
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<FolderRead> | undefined;
  let said: ReadonlySet<string> = new Set();

  async function read(): Promise<FolderRead> {
    const latest = await readTokens(folder);
    for (const fault of latest.faults) if (!said.has(fault)) warn(fault);
    said = new Set(latest.faults);
    return latest;
  }

  return {
    async find(words) {
      if (reading === undefined || clock() - readAt >= freshMs) {
        // From its beginning: what changes while the folder is read is seen the next time.
        readAt = clock();
        reading = read();
      }
      const {tokens} = await reading;
      return matching(tokens, hashOf(words));
    },
  };
}

/** Every hash is compared, and each in the same time. */
function matching(tokens: readonly Known[], hash: Buffer): Token | undefined {
  let found: Token | undefined;
  for (const {token, sha256} of tokens) if (timingSafeEqual(sha256, hash)) found ??= token;
  return found;
}

interface Known {
  readonly token: Token;
  readonly sha256: Buffer;
}

interface FolderRead {
  readonly tokens: readonly Known[];
  /** What could not be read, as sentences. */
  readonly faults: readonly string[];
}

/** The tokens of a folder, by name. @throws nothing: what can't be read is among the faults. */
export async function readTokens(folder: string): Promise<FolderRead> {
  let names: string[];
  try {
    // `..data` and its like are how a Secret's volume changes at once.
    names = (await readdir(folder)).filter((name) => !name.startsWith('..')).toSorted();
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return {tokens: [], faults: isAbsent ? [] : [`The tokens can't be read: ${messageOf(error)}.`]};
  }
  const tokens: Known[] = [];
  const faults: string[] = [];
  for (const result of await Promise.allSettled(names.map((name) => readToken(folder, name)))) {
    if (result.status === 'rejected') faults.push(messageOf(result.reason));
    else if (result.value !== undefined) tokens.push(result.value);
  }
  return {tokens, faults};
}

/** One token; undefined when its file is gone. @throws Error a sentence that names the file. */
async function readToken(folder: string, name: string): Promise<Known | undefined> {
  const file = path.join(folder, name);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(`The token file ${file} opens nothing: ${messageOf(error)}.`, {cause: error});
  }
  try {
    if (!isTokenName(name)) throw new Error('has a name that no token can have');
    if (text.length > largestFileBytes) throw new Error(`is larger than ${largestFileBytes} bytes`);
    const record = decodeRecord(text);
    return {token: {...record, name}, sha256: Buffer.from(record.sha256, 'hex')};
  } catch (error) {
    throw new Error(`The token file ${file} opens nothing: it ${messageOf(error)}.`, {cause: error});
  }
}
