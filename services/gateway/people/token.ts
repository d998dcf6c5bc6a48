import {createHash, randomBytes} from 'node:crypto';
import {Check, Errors} from 'typebox/schema';
import {type Role, roles, Type} from '#kit';

/** What is kept of a token, in a file of its name: never the token itself. */
export interface TokenRecord {
  readonly role: Role;
  /** Of the token as it is written, in hexadecimal. */
  readonly sha256: string;
  readonly createdAt: string;
  /** Null: it never ends. */
  readonly expiresAt: string | null;
  /** Requests a minute. (Default: 1200) */
  readonly ratePerMinute?: number;
}

const moment = Type.String({pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$'});

/** Closed: a misspelt `expiresAt` must not make a token that never ends. */
const TokenRecord = Type.Object(
  {
    role: Type.Enum([...roles]),
    sha256: Type.String({pattern: '^[0-9a-f]{64}$'}),
    createdAt: moment,
    expiresAt: Type.Union([moment, Type.Null()]),
    ratePerMinute: Type.Optional(Type.Integer({minimum: 1, maximum: 1_000_000})),
  },
  {additionalProperties: false},
);

/** Whether a token may be called so: what a file and a key of a Secret can be called, in lower case. */
export function isTokenName(name: string): boolean {
  return /^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$/.test(name);
}

/** A new token of 256 random bits, and what is kept of it. */
export function newToken(terms: Omit<TokenRecord, 'sha256'>): {token: string; record: TokenRecord} {
  const token = `dip_${terms.role}_${randomBytes(32).toString('base64url')}`;
  return {token, record: {...terms, sha256: hashOf(token).toString('hex')}};
}

/** What a token is known by. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The content of a token's file. */
export function encodeRecord(record: TokenRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/**
 * Reads the content of a token's file.
 *
 * @throws Error as a sentence that shows nothing of the content: somebody may have put the token itself there.
 */
export function decodeRecord(text: string): TokenRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('is no JSON');
  }
  if (Check(TokenRecord, value) && isMoment(value.createdAt) && isMoment(value.expiresAt)) return value;
  const [, [error]] = Errors(TokenRecord, value);
  const where = error?.instancePath.slice(1).split('/')[0];
  throw new Error(where ? `has a wrong \`${where}\`` : 'is no token: make one with `dip token create`');
}

/** A month 13 passes for one in the pattern. */
function isMoment(text: string | null): boolean {
  return text === null || !Number.isNaN(Date.parse(text));
}
