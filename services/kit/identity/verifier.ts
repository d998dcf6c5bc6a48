import type {JWTHeaderParameters, JWTPayload} from 'jose';
import type {Asking, Person} from './person.ts';
import {roleOf} from './role.ts';
import {watchedKeys} from './watched-keys.ts';

/** A request that nobody has signed, or not for this. */
export class Unsigned extends Error {
  override readonly name = 'Unsigned';
}

/**
 * Finds out who asks: what stands in `dip-identity` was signed by the way in, for this very request.
 *
 * @throws Unsigned when it was not.
 */
export type Verify = (token: string, asked: Omit<Asking, 'person'>) => Promise<Person>;

/** How far two clocks may be apart, in seconds. */
const skewSeconds = 60;

/** Verifies by the public keys of a folder. @param options.clock milliseconds of a clock that never goes back */
export function verifier(
  folder: string,
  {
    warn,
    now = Date.now,
    clock = () => performance.now(),
  }: {warn: (sentence: string) => void; now?: () => number; clock?: () => number},
): Verify {
  const keys = watchedKeys(folder, 'public', {warn, clock});
  return async (token, {service, method, path}) => {
    if (token === '') throw new Unsigned('Requests come by the way in for people, which says who asks.');
    const known = await keys();
    if (known.length === 0)
      throw new Unsigned('This service has no key to know the way in by: see `dip identity create`.');
    // Loaded when first asked for: a start waits for nothing of that.
    const {jwtVerify} = await import('jose');
    const options = {
      algorithms: ['EdDSA', 'Ed25519'],
      audience: service,
      clockTolerance: skewSeconds,
      currentDate: new Date(now()),
      requiredClaims: ['sub', 'role', 'htm', 'htu', 'exp'],
    };
    const {payload} = await jwtVerify(
      token,
      (header: JWTHeaderParameters) => {
        const key = known.find(({keyId}) => keyId === header.kid);
        if (key === undefined) throw new Error('no key is known that signed it');
        return key.key;
      },
      options,
    ).catch((error: unknown) => {
      throw new Unsigned('What says who asks was not signed for this, or is too old.', {cause: error});
    });
    return personOf(payload, {method, path});
  };
}

function personOf({sub, role, htm, htu}: JWTPayload, {method, path}: {method: string; path: string}): Person {
  const known = typeof role === 'string' ? roleOf(role) : undefined;
  if (sub === undefined || known === undefined || htm !== method || htu !== path)
    throw new Unsigned('What says who asks was signed for another request.');
  return {name: sub, role: known};
}
