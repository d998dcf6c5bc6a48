import type {Asking} from './person.ts';
import {type WatchedKey, watchedKeys} from './watched-keys.ts';

/** Nobody can sign, as no private key is there. */
export class NoKey extends Error {
  override readonly name = 'NoKey';
}

/**
 * Signs who asks for what, as a JSON Web Token that is good for this one request and for a while.
 *
 * @throws NoKey when there is no private key.
 */
export type Sign = (asking: Asking, validMs: number) => Promise<string>;

/**
 * How long a new key is known before it signs, in milliseconds: those who verify read theirs from volumes that the
 * kubelet brings up to date within two minutes.
 */
const untilUsedMs = 5 * 60_000;

/** Signs with the keys of a folder. @param options.clock milliseconds of a clock that never goes back */
export function signer(
  folder: string,
  {
    warn,
    now = Date.now,
    clock = () => performance.now(),
  }: {warn: (sentence: string) => void; now?: () => number; clock?: () => number},
): Sign {
  const keys = watchedKeys(folder, 'private', {warn, clock});
  return async ({person, service, method, path}, validMs) => {
    const key = keyToSignWith(await keys(), now(), clock());
    if (key === undefined) throw new NoKey(`There is no private key in ${folder}.`);
    // Loaded when first asked for: a start waits for nothing of that.
    const {SignJWT} = await import('jose');
    const seconds = Math.floor(now() / 1000);
    return new SignJWT({role: person.role, htm: method, htu: path})
      .setProtectedHeader({alg: 'EdDSA', kid: key.keyId})
      .setSubject(person.name)
      .setAudience(service)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + Math.ceil(validMs / 1000))
      .sign(key.key);
  };
}

/** The newest that all who verify must have by now; where none is so old, the oldest. */
function keyToSignWith(keys: readonly WatchedKey[], now: number, clock: number): WatchedKey | undefined {
  const known = keys.findLast(
    ({createdAt, seenAt}) => now - createdAt >= untilUsedMs && clock - seenAt >= untilUsedMs,
  );
  return known ?? keys[0];
}
