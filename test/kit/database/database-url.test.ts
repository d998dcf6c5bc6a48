import test from 'ava';
import {ConfigError} from '#kit';
import {readDatabaseUrl} from '../../../services/kit/database/database-url.ts';

const wrong: Record<string, [string, RegExp]> = {
  'no URL': ['db.example/dip', /got no URL/],
  'a password with a # in it': ['postgres://me:sec#ret@db/dip', /percent-encoded, got no URL/],
  'another database': ['mysql://me:secret@db/dip', /got "mysql:"/],
  'no host': ['postgres:///dip', /got none for the host/],
  'no database': ['postgres://me:secret@db', /got none for the database/],
  'several hosts': ['postgres://me:secret@one:5432,two:5432/dip', /got no URL/],
  'a password with a bare %': ['postgres://me:secret%@db/dip', /write % as %25/],
  'an sslmode that is none': ['postgres://me:secret@db/dip?sslmode=on', /sslmode .* got "on"/],
  'an sslmode that promises nothing': ['postgres://me:secret@db/dip?sslmode=prefer', /got "prefer"/],
  'no certificates to verify by': ['postgres://me:secret@db/dip?sslmode=verify-ca', /sslrootcert/],
};
for (const [what, [url, sentence]] of Object.entries(wrong)) {
  test(`${what} in DATABASE_URL is one sentence without the password`, (t) => {
    const error = t.throws(() => readDatabaseUrl(url), {instanceOf: ConfigError, message: sentence});

    t.regex(error.message, /^[^\n]+\.$/);
    t.notRegex(error.message, /secret|sec#ret/);
  });
}

const right: Record<string, string> = {
  'postgres://me:secret@db/dip': 'db:5432',
  'postgresql://me:secret@db.example:6432/dip?sslmode=verify-full': 'db.example:6432',
  'postgres://me@[::1]:5433/dip\n': '[::1]:5433',
  'postgres:///dip?host=/run/postgresql': '/run/postgresql:5432',
};
for (const [url, address] of Object.entries(right)) {
  test(`${JSON.stringify(url)} is at ${address}`, (t) => {
    t.is(readDatabaseUrl(url).address, address);
  });
}
