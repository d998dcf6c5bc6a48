import type {IncomingMessage, OutgoingHttpHeaders} from 'node:http';
import {includes, type Person, type Role} from '#kit';
import {Refusal} from '../refusal.ts';
import {type Allowance, Bucket, usualRatePerMinute} from './rate.ts';
import type {Token, Tokens} from './token-folder.ts';

/** Somebody who asks, and may. */
export interface Admitted {
  readonly person: Person;
  /** How much more they may ask, for the answer. */
  readonly headers: OutgoingHttpHeaders;
}

/** Decides who may do what. */
export interface People {
  /** @throws Refusal 401 who does not say who they are, 403 who may not, 429 who asks too much. */
  admit(request: IncomingMessage, needed: Role): Promise<Admitted>;
}

/** Whoever reaches this port may do everything: it listens on this machine alone. */
export const everybody: People = {
  admit: () => Promise.resolve({person: {name: 'local', role: 'operate'}, headers: {}}),
};

/** Refused requests a minute, of all together, that are told why. */
const refusalsPerMinute = 600;

/**
 * Lets in who shows a token, up to its role and its rate. Who shows none is told so a few times a second and then
 * asked to come back later, which costs those who have one nothing.
 */
export function peopleWith(
  tokens: Tokens,
  {now = Date.now, clock = () => performance.now()}: {now?: () => number; clock?: () => number} = {},
): People {
  const buckets = new Map<string, {bucket: Bucket; rate: number}>();
  const strangers = new Bucket(refusalsPerMinute, clock());

  function bucketOf({name, ratePerMinute: rate = usualRatePerMinute}: Token): Bucket {
    const known = buckets.get(name);
    if (known?.rate === rate) return known.bucket;
    const bucket = new Bucket(rate, clock());
    buckets.set(name, {bucket, rate});
    return bucket;
  }

  async function tokenOf(request: IncomingMessage): Promise<Token> {
    const words = bearerOf(request);
    if (words === undefined) throw unknown('This needs a token: send it as `Authorization: Bearer …`.');
    const token = await tokens.find(words);
    if (token === undefined)
      throw unknown('This token is not known: it was never made here, or was revoked.', 'invalid_token');
    // Only who holds the token hears when it ended.
    if (token.expiresAt !== null && Date.parse(token.expiresAt) <= now())
      throw unknown(`The token ${token.name} ended at ${token.expiresAt}.`, 'invalid_token');
    return token;
  }

  return {
    async admit(request, needed) {
      const token = await tokenOf(request).catch((refusal: unknown) => {
        const {isAllowed, retrySeconds} = strangers.take(clock());
        throw isAllowed ? refusal : tooMany('Too many requests come without a token.', retrySeconds);
      });
      const allowance = bucketOf(token).take(clock());
      const headers = rateHeaders(allowance);
      if (!allowance.isAllowed) {
        const sentence = `The token ${token.name} is allowed ${token.ratePerMinute ?? usualRatePerMinute} requests a minute.`;
        throw tooMany(sentence, allowance.retrySeconds, headers);
      }
      if (!includes(token.role, needed)) throw forbidden(token, needed, headers);
      return {person: {name: token.name, role: token.role}, headers};
    },
  };
}

/** The token of `Authorization: Bearer <token>` (RFC 6750 §2.1). */
function bearerOf({headers: {authorization = ''}}: IncomingMessage): string | undefined {
  return /^bearer +([\w.~+/-]{1,512}=*) *$/i.exec(authorization)?.[1];
}

/** RFC 6750 §3: what is asked for, and what was wrong with what was shown. */
function unknown(sentence: string, fault?: 'invalid_token'): Refusal {
  const challenge = fault === undefined ? 'Bearer realm="dip"' : `Bearer realm="dip", error="${fault}"`;
  return new Refusal(401, sentence, {headers: {'www-authenticate': challenge}});
}

function forbidden({name, role}: Token, needed: Role, headers: OutgoingHttpHeaders): Refusal {
  const challenge = `Bearer realm="dip", error="insufficient_scope", scope="${needed}"`;
  const sentence = `This needs the role ${needed}, and the token ${name} has ${role}.`;
  return new Refusal(403, sentence, {headers: {...headers, 'www-authenticate': challenge}});
}

function tooMany(sentence: string, retrySeconds: number, headers: OutgoingHttpHeaders = {}): Refusal {
  const again = `Ask again in ${retrySeconds} s.`;
  return new Refusal(429, `${sentence} ${again}`, {
    headers: {...headers, 'retry-after': String(retrySeconds)},
  });
}

/** RateLimit header fields for HTTP (draft-ietf-httpapi-ratelimit-headers): `q` of requests in `w` seconds, `r` left. */
function rateHeaders({burst, remaining, resetSeconds}: Allowance): OutgoingHttpHeaders {
  return {
    'ratelimit-policy': `"token";q=${burst};w=10`,
    ratelimit: `"token";r=${remaining};t=${resetSeconds}`,
  };
}
