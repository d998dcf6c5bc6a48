import {messageOf} from '#kit';
import {blocksOf, newKeyPair, privateFile, publicFile, readKeys} from '#kit/wire';
import {Failure} from '../failure.ts';

/** The two files of a folder of keys: what only the way in has, and what services know it by. */
export interface Halves {
  readonly privatePem: string;
  readonly publicPem: string;
}

/** What is read of a Secret as both halves. @throws Failure where one is missing */
export function halvesIn(entries: ReadonlyMap<string, string>, title: string): Halves {
  const [privatePem, publicPem] = [entries.get(privateFile), entries.get(publicFile)];
  if (privatePem !== undefined && publicPem !== undefined) return {privatePem, publicPem};
  const missing = [privateFile, publicFile].filter((name) => !entries.has(name)).join(' and ');
  throw new Failure(`${title} has no ${missing}: delete it, then make it anew with \`dip identity create\`.`);
}

/** As the entries of a Secret. */
export function entriesOf({privatePem, publicPem}: Halves): Record<string, string> {
  return {[privateFile]: privatePem, [publicFile]: publicPem};
}

/**
 * How old its successor is when nobody signs with a key any more, in milliseconds: the console has the new one after two
 * minutes, waits five, and what it signed before has been read by then.
 */
const outOfUseMs = 15 * 60_000;

/**
 * Keys with a new pair after them, and without those that nobody signs with any more.
 *
 * @param isRevoked all others go at once
 * @throws Failure where what is there can't be read
 */
export function rotated(
  halves: Halves,
  {now, isRevoked, title}: {now: Date; isRevoked: boolean; title: string},
): Halves {
  const made = newKeyPair(now);
  if (isRevoked) return made;
  const signing = keysIn(halves.privatePem, 'private', title);
  const gone = new Set(
    signing
      .filter((_, index) => now.getTime() - (signing[index + 1]?.createdAt ?? now.getTime()) > outOfUseMs)
      .map(({keyId}) => keyId),
  );
  const kept = (pem: string, half: 'private' | 'public') =>
    keysIn(pem, half, title).flatMap(({keyId, text}) => (gone.has(keyId) ? [] : [text]));
  return {
    privatePem: [...kept(halves.privatePem, 'private'), made.privatePem].join(''),
    publicPem: [...kept(halves.publicPem, 'public'), made.publicPem].join(''),
  };
}

/** A pair as it is shown: nothing of its private half. */
export interface ShownPair {
  readonly keyId: string;
  /** Null: it does not say. */
  readonly createdAt: string | null;
  readonly halves: readonly ('private' | 'public')[];
}

/** The pairs of both files, the oldest first. @throws Failure where one can't be read */
export function pairsOf({privatePem, publicPem}: Halves, title: string): ShownPair[] {
  const all = [
    ...keysIn(publicPem, 'public', title).map((key) => ({...key, half: 'public' as const})),
    ...keysIn(privatePem, 'private', title).map((key) => ({...key, half: 'private' as const})),
  ];
  return [...Map.groupBy(all, ({keyId}) => keyId)].map(([keyId, some]) => {
    const createdAt = Math.max(...some.map((key) => key.createdAt));
    return {
      keyId,
      createdAt: createdAt === 0 ? null : new Date(createdAt).toISOString(),
      halves: some.map(({half}) => half).toSorted(),
    };
  });
}

function keysIn(pem: string, half: 'private' | 'public', title: string) {
  try {
    const blocks = blocksOf(pem);
    return readKeys(pem, half).map(({keyId, createdAt}, index) => ({
      keyId,
      createdAt,
      text: blocks[index]?.text ?? '',
    }));
  } catch (error) {
    const file = half === 'private' ? privateFile : publicFile;
    const next = 'take that block away, or delete the Secret and make it anew with `dip identity create`';
    throw new Failure(`Of ${file} in ${title} ${messageOf(error)}: ${next}.`, undefined, {cause: error});
  }
}
