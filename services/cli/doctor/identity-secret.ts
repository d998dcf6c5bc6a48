import {messageOf} from '#kit';
import {at, type JsonObject, textAt} from '#kit/json';
import {privateFile, publicFile, readKeys} from '#kit/wire';

/** What is known of the keys by which services know the console: nothing that could sign. */
export interface IdentityKeys {
  /** The ids of the pairs of each half; undefined: there is no such entry. */
  readonly private: readonly string[] | undefined;
  readonly public: readonly string[] | undefined;
  /** Why an entry can't be read, such as `private.pem: block 1 is no private Ed25519 key`. */
  readonly faults: readonly string[];
}

export const identitySecret = 'dip-identity';

/** What Secret dip-identity holds; undefined: it is not there. */
export function identityKeys(secret: JsonObject | undefined): IdentityKeys | undefined {
  if (secret === undefined) return undefined;
  const faults: string[] = [];
  const idsOf = (half: 'private' | 'public') => {
    const file = half === 'private' ? privateFile : publicFile;
    const encoded = textAt(at(secret, 'data'), file);
    if (encoded === undefined) return undefined;
    try {
      return readKeys(Buffer.from(encoded, 'base64').toString('utf8'), half).map(({keyId}) => keyId);
    } catch (error) {
      faults.push(`${file}: ${messageOf(error)}`);
      return [];
    }
  };
  return {private: idsOf('private'), public: idsOf('public'), faults};
}
