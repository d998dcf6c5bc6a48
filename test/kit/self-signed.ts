import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {skip} from '../skip.ts';
import {folder} from './serving.ts';

/** A certificate of 127.0.0.1 that nobody else has signed; undefined, which is said, where there is no openssl. */
export function selfSigned(t: ExecutionContext): {key: Buffer; cert: Buffer} | undefined {
  const made = folder(t);
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(made, name));
  const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=broker`;
  try {
    const names = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', String(key), '-out', String(cert)];
    execFileSync('openssl', [...words.split(' '), ...names], {stdio: 'ignore'});
  } catch {
    return skip(t, 'there is no openssl to make a certificate with');
  }
  return {key: readFileSync(String(key)), cert: readFileSync(String(cert))};
}
