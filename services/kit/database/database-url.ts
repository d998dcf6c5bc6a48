import {ConfigError} from '../config.ts';

/** Where a database server is. */
export interface DatabaseAddress {
  /** As the client takes it, password and all. */
  readonly connectionString: string;
  /** `host:port`, for people. */
  readonly address: string;
}

const form = 'postgres://user:password@host:5432/database';

/** What libpq knows, less `allow` and `prefer`: they would take a server without encryption too, and say nothing. */
const sslModes = ['disable', 'require', 'verify-ca', 'verify-full'];

/**
 * Reads `DATABASE_URL`: `postgres://` or `postgresql://` with one host, or a folder with a socket as `?host=`.
 * `sslmode` means what it means to libpq (PostgreSQL 18, 32.19 SSL Support); without it nothing is encrypted.
 *
 * @throws ConfigError with what is wrong, and never with the password.
 */
export function readDatabaseUrl(text: string): DatabaseAddress {
  const url = URL.parse(text);
  if (url === null)
    throw new ConfigError(
      `Expected DATABASE_URL to be ${form}, special characters of the password percent-encoded, got no URL.`,
    );
  if (!/^postgres(ql)?:$/.test(url.protocol))
    throw new ConfigError(`Expected DATABASE_URL to be ${form}, got ${JSON.stringify(url.protocol)}.`);
  const host = url.searchParams.get('host') ?? url.hostname;
  if (host === '') throw new ConfigError(`Expected DATABASE_URL to be ${form}, got none for the host.`);
  if (url.pathname.length < 2)
    throw new ConfigError(`Expected DATABASE_URL to be ${form}, got none for the database.`);
  checkEncoding(url);
  checkSsl(url);
  // The client has a reading of its own of some modes; this one is libpq's.
  url.searchParams.set('uselibpqcompat', 'true');
  return {connectionString: url.href, address: `${host}:${url.port || '5432'}`};
}

function checkEncoding({username, password, pathname}: URL): void {
  for (const part of [username, password, pathname]) {
    try {
      decodeURIComponent(part);
    } catch {
      throw new ConfigError(
        'Expected user, password and database of DATABASE_URL to be percent-encoded: write % as %25.',
      );
    }
  }
}

function checkSsl({searchParams}: URL): void {
  const mode = searchParams.get('sslmode');
  if (mode !== null && !sslModes.includes(mode)) {
    const got = JSON.stringify(mode.slice(0, 40));
    throw new ConfigError(`Expected sslmode of DATABASE_URL to be ${sslModes.join(', ')}, got ${got}.`);
  }
  if (mode === 'verify-ca' && !searchParams.has('sslrootcert'))
    throw new ConfigError(
      'Expected DATABASE_URL to name a file of certificates as sslrootcert, as its sslmode is verify-ca.',
    );
}
