import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';

/** The names of the files of a folder of keys: one half each, the newest key last. */
export const privateFile = 'private.pem';
export const publicFile = 'public.pem';

/** One half of a pair of Ed25519 keys. */
export interface Key {
  /** What both halves are known by: a hash of the public one. */
  readonly keyId: string;
  readonly key: KeyObject;
  /** When it was made, in milliseconds since 1970; of a key that does not say, 0. */
  readonly createdAt: number;
}

/** A new pair of keys, each half as a block of its file. */
export function newKeyPair(now: Date): {privatePem: string; publicPem: string} {
  const {privateKey, publicKey} = generateKeyPairSync('ed25519');
  const created = `Created: ${now.toISOString()}\n`;
  return {
    privatePem: created + privateKey.export({type: 'pkcs8', format: 'pem'}),
    publicPem: created + publicKey.export({type: 'spki', format: 'pem'}),
  };
}

/** A block of PEM, with the line that says when it was made (RFC 7468 §2 allows words before a block). */
const block =
  /(?:^Created: (?<created>\S+)\s*)?^-----BEGIN (?<label>[A-Z ]+)-----[^-]*-----END \k<label>-----$/gm;

/** The blocks of a file of keys, in order: what a rotation adds to and takes from. */
export function blocksOf(text: string): {text: string; createdAt: number}[] {
  return [...text.matchAll(block)].map((match) => ({
    text: `${match[0]}\n`,
    createdAt: Date.parse(match.groups?.['created'] ?? '') || 0,
  }));
}

/**
 * The keys of a file, in order. A public half may be a certificate, which is how Helm makes one; a private half is
 * good for both.
 *
 * @throws Error when there is none, or one is broken off or no Ed25519 key. It shows nothing of the file.
 */
export function readKeys(text: string, half: 'private' | 'public'): Key[] {
  const blocks = blocksOf(text);
  if (text.split('-----BEGIN ').length - 1 !== blocks.length) throw new Error('a block has no end');
  if (blocks.length === 0) throw new Error('there is no block of PEM');
  return blocks.map(({text: pem, createdAt}, index) => {
    const key = keyOf(pem, half);
    if (key?.asymmetricKeyType !== 'ed25519') throw new Error(`block ${index + 1} is no ${half} Ed25519 key`);
    return {keyId: keyIdOf(key), key, createdAt};
  });
}

function keyOf(pem: string, half: 'private' | 'public'): KeyObject | undefined {
  try {
    return half === 'private' ? createPrivateKey(pem) : createPublicKey(pem);
  } catch {
    return undefined;
  }
}

function keyIdOf(key: KeyObject): string {
  const spki = (key.type === 'private' ? createPublicKey(key) : key).export({type: 'spki', format: 'der'});
  return createHash('sha256').update(spki).digest('base64url').slice(0, 22);
}
