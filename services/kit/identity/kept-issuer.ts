import {Defer, messageOf} from '../errors.ts';
import type {Issuer} from './issuer.ts';

/**
 * An issuer as we know it, or, for a token whose key we don't know, as it is now.
 *
 * @throws Defer when it was never reached.
 */
export type IssuerNow = (wanted: 'known' | 'newest') => Promise<Issuer>;

/** How long keys are believed without asking again, in milliseconds: so long a key that was taken away lives on. */
const freshMs = 600_000;
/** How long we leave an issuer alone after we asked: anybody can send tokens whose key nobody knows. */
const restMs = 10_000;
/** The same while we know nothing, and can take nothing. */
const firstRestMs = 1_000;

/**
 * Keeps what an issuer said. While it is away the last word holds, as tokens go on being signed with the same keys.
 *
 * @param clock milliseconds of a clock that never goes back
 */
export function keptIssuer(
  read: () => Promise<Issuer>,
  {warn, clock}: {warn: (sentence: string) => void; clock: () => number},
): IssuerNow {
  let known: Issuer | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;
  let failure = '';

  async function ask(): Promise<void> {
    try {
      known = await read();
      readAt = clock();
      failure = '';
    } catch (error) {
      const sentence = `Who signs events' tokens can't be found out: ${messageOf(error)}`;
      if (sentence !== failure) warn(sentence);
      failure = sentence;
    } finally {
      asking = undefined;
    }
  }

  return async (wanted) => {
    const isWanted = known === undefined || wanted === 'newest' || clock() - readAt >= freshMs;
    const isRested = clock() - askedAt >= (known === undefined ? firstRestMs : restMs);
    if (isWanted && isRested && asking === undefined) {
      askedAt = clock();
      asking = ask();
    }
    if (isWanted) await asking;
    if (known === undefined) throw new Defer(failure);
    return known;
  };
}
