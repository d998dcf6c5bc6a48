import {readFile} from 'node:fs/promises';
import path from 'node:path';
import type {createLocalJWKSet, JSONWebKeySet} from 'jose';
import type {EventTokens} from '../config.ts';
import {isObject, type JsonObject, textAt} from '../json.ts';
import {getJson} from './get-json.ts';

/** Who signs tokens. */
export interface Issuer {
  /** What its tokens say in `iss`. */
  readonly name: string;
  /** Finds the key of a token. */
  readonly keys: ReturnType<typeof createLocalJWKSet>;
}

/** Where every Kubernetes API server has its keys, whatever it says (KEP 1393). */
const keysOfKubernetes = '/openid/v1/jwks';

/**
 * Asks a server who signs tokens, and with which keys (OpenID Connect Discovery 1.0 §4). The name it gives is believed
 * as it is: a Kubernetes API server has another inside of a cluster than it signs with.
 *
 * @throws Error when it gives no usable answer.
 */
export async function readIssuer({
  issuer,
  issuerDirectory,
}: Pick<EventTokens, 'issuer' | 'issuerDirectory'>): Promise<Issuer> {
  const [token, certificates] = await Promise.all(
    ['token', 'ca.crt'].map((name) => textOf(path.join(issuerDirectory, name))),
  );
  const document = await getJson(
    new URL(`${issuer.href.replace(/\/$/, '')}/.well-known/openid-configuration`),
    {token, certificates},
  );
  const name = textAt(document, 'issuer');
  const address = keysAddress(document, issuer);
  if (name === undefined || address === undefined)
    throw new Error(`What ${issuer.host} says of itself has no issuer, or no usable jwks_uri.`);
  // Our own token is nobody else's business.
  const own = address.origin === issuer.origin ? token : undefined;
  const set = await getJson(address, {token: own, certificates});
  if (!isKeySet(set)) throw new Error(`What ${address.host} gives as its keys is no key set.`);
  const {createLocalJWKSet} = await import('jose');
  return {name, keys: createLocalJWKSet(set)};
}

/** A Kubernetes API server may name an address that pods don't reach, or that wants to know them by other means. */
function keysAddress(document: JsonObject, issuer: URL): URL | undefined {
  const url = URL.parse(textAt(document, 'jwks_uri') ?? '');
  if (url === null) return undefined;
  if (url.pathname === keysOfKubernetes) return new URL(keysOfKubernetes, issuer);
  return url.protocol === 'https:' || url.origin === issuer.origin ? url : undefined;
}

function isKeySet(value: JsonObject): value is JsonObject & JSONWebKeySet {
  const {keys} = value;
  return Array.isArray(keys) && keys.every((key) => isObject(key) && typeof key['kty'] === 'string');
}

/** The text of a file; undefined when there is none. Read each time, as the kubelet renews a token in its place. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
