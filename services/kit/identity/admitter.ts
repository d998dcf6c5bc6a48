import type {EventTokens} from '../config.ts';
import {Defer} from '../errors.ts';
import {type Issuer, readIssuer} from './issuer.ts';
import {keptIssuer} from './kept-issuer.ts';
import {isAmong} from './subject.ts';

/**
 * Finds out who hands in an event, by what stands in `Authorization`.
 *
 * Whoever can't be known is told to come again later, and never that it is over: where Triggers, tokens and services
 * don't fit each other yet, Knative goes on trying, and what a Broker has accepted becomes no dead letter. Those have
 * no dead letters of their own, so a 401 would lose them.
 *
 * @throws Defer when it is nobody who may, or that can't be found out now.
 */
export type Admit = (authorization: string) => Promise<void>;

/** How far two clocks may be apart, in seconds. */
const skewSeconds = 60;

/** What a Kubernetes API server signs with, itself or by another program. Nothing where both sides have one key. */
const algorithms = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'];

/** Admits who has a token of an issuer. @param options.clock milliseconds of a clock that never goes back */
export function admitter(
  tokens: EventTokens,
  {
    warn,
    now = Date.now,
    clock = () => performance.now(),
  }: {warn: (sentence: string) => void; now?: () => number; clock?: () => number},
): Admit {
  const issuerOf = keptIssuer(() => readIssuer(tokens), {warn, clock});
  return async (authorization) => {
    const token = /^Bearer (?<token>\S+)$/i.exec(authorization)?.groups?.['token'];
    if (token === undefined)
      throw new Defer(
        'Events are taken with the token of a Trigger here, and this one has none: see docs/cluster.md on authentication-oidc.',
      );
    const subject = await subjectOf(token, {audience: tokens.audience, issuerOf, now}).catch(
      (error: unknown) => {
        if (error instanceof Defer) throw error;
        throw new Defer('The token that this event came with is not for this, or is too old.', {
          cause: error,
        });
      },
    );
    if (!isAmong(tokens.from, subject))
      throw new Defer(`Events are taken from ${tokens.from.join(' and ')} here, not from ${subject}.`);
  };
}

/** Whose token it is, once that is sure. */
async function subjectOf(
  token: string,
  {audience, issuerOf, now}: {audience: string; issuerOf: ReturnType<typeof keptIssuer>; now: () => number},
): Promise<string> {
  // Loaded when first asked for: a start waits for nothing of that.
  const {errors, jwtVerify} = await import('jose');
  const verify = ({name, keys}: Issuer) =>
    jwtVerify(token, keys, {
      algorithms,
      issuer: name,
      audience,
      clockTolerance: skewSeconds,
      currentDate: new Date(now()),
      requiredClaims: ['sub', 'exp'],
    });
  const {payload} = await verify(await issuerOf('known')).catch(async (error: unknown) => {
    // Keys change: what is signed with one that we don't know may be signed with a new one.
    if (error instanceof errors.JWKSNoMatchingKey) return verify(await issuerOf('newest'));
    throw error;
  });
  return payload.sub ?? '';
}
