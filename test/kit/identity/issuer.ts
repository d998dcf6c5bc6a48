/** Somebody who signs tokens, as a Kubernetes API server does: over HTTP, with keys that change. */
import {createServer, type RequestListener} from 'node:http';
import {createServer as createTlsServer} from 'node:https';
import type {ExecutionContext} from 'ava';
import {exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT} from 'jose';
import type {EventTokens} from '#kit';

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;

export interface TestIssuer {
  url: string;
  /** What it asked for, each path with the `Authorization` that came with it. */
  asked: {path: string; authorization: string | undefined}[];
  /** The document of its discovery; a test may change it. */
  document: Record<string, unknown>;
  /** The keys that it gives out. */
  keys: JWK[];
  /** While true it answers 500. */
  isAway: boolean;
  /** What a service is told that asks for its tokens. */
  tokens: EventTokens;
  /** Makes a key that is given out from now on, besides the others or in their place. */
  newKey(keyId: string, options?: {alone?: boolean; algorithm?: string}): Promise<Pair>;
  /** A token of the Trigger, with other claims or another key where a test wants it. */
  token(
    claims?: Readonly<Record<string, unknown>>,
    signing?: {key?: CryptoKey | Uint8Array; keyId?: string; algorithm?: string},
  ): Promise<string>;
}

export const audience = 'dip';
export const subject = 'system:serviceaccount:dip:x-oidc-eventing.knative.dev-trigger';
/** As a Kubernetes API server calls itself: not by the address that it was asked at. */
export const name = 'https://kubernetes.default.svc.cluster.local';

export async function startIssuer(
  t: ExecutionContext,
  {tls, mayAsk}: {tls?: {key: Buffer; cert: Buffer}; mayAsk?: string} = {},
): Promise<TestIssuer> {
  const pairs = new Map<string, Pair>();
  const answer: RequestListener = (request, response) => {
    const {authorization} = request.headers;
    issuer.asked.push({path: request.url ?? '', authorization});
    if (issuer.isAway) response.writeHead(500).end();
    else if (mayAsk !== undefined && authorization !== `Bearer ${mayAsk}`) response.writeHead(403).end('{}');
    else if (request.url === '/.well-known/openid-configuration')
      response.end(JSON.stringify(issuer.document));
    // As a Kubernetes API server does.
    else if (
      request.url === '/openid/v1/jwks' &&
      !request.headers.accept?.includes('application/jwk-set+json')
    )
      response.writeHead(406).end('{}');
    else if (request.url === '/openid/v1/jwks') response.end(JSON.stringify({keys: issuer.keys}));
    else response.writeHead(404).end('{}');
  };
  const server = tls === undefined ? createServer(answer) : createTlsServer(tls, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('Expected a port.');
  const url = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${address.port}`;
  const issuer: TestIssuer = {
    url,
    asked: [],
    document: {issuer: name, jwks_uri: `${url}/openid/v1/jwks`},
    keys: [],
    isAway: false,
    tokens: {
      audience,
      from: ['system:serviceaccount:dip:*-oidc-eventing.knative.dev-trigger'],
      issuer: new URL(url),
      issuerDirectory: '/nowhere',
    },
    async newKey(keyId, {alone = false, algorithm = 'ES256'} = {}) {
      const pair = await generateKeyPair(algorithm, {extractable: true});
      pairs.set(keyId, pair);
      const key = {...(await exportJWK(pair.publicKey)), kid: keyId, alg: algorithm, use: 'sig'};
      issuer.keys = alone ? [key] : [...issuer.keys, key];
      return pair;
    },
    async token(claims = {}, {key, keyId = 'first', algorithm = 'ES256'} = {}) {
      const seconds = Math.floor(Date.now() / 1000);
      const payload: JWTPayload = {iss: name, aud: audience, sub: subject, iat: seconds, exp: seconds + 3600};
      const signing = key ?? pairs.get(keyId)?.privateKey;
      if (signing === undefined) throw new TypeError(`There is no key ${keyId}.`);
      return new SignJWT(Object.assign(payload, claims))
        .setProtectedHeader({alg: algorithm, kid: keyId})
        .sign(signing);
    },
  };
  await issuer.newKey('first');
  return issuer;
}
