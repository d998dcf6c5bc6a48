import {ConfigError} from '../config.ts';

/** A bucket of an S3 server, and what of it is ours. */
export interface Bucket {
  readonly name: string;
  /** Of the server, for people: `host:port`. */
  readonly host: string;
  readonly region: string;
  /** The address that a blob's name is put behind; ends in a slash. */
  readonly url: string;
  /** What is put before every name: nothing, or a path that ends in a slash. */
  readonly prefix: string;
}

const form = 's3://bucket/prefix?endpoint=https://host:port&region=eu-central-1&path-style=true';
const parameters = ['endpoint', 'region', 'path-style'];

/**
 * Reads `BLOBS_URL`. Without an endpoint it is AWS's own of the region; with one, buckets are a part of the path unless
 * `path-style=false` makes them one of the host.
 *
 * @param usualRegion where the URL names none
 * @throws ConfigError with what is wrong; the URL itself is never repeated, as people put keys into it.
 */
export function readBlobsUrl(text: string, usualRegion: string): Bucket {
  const url = URL.parse(text);
  if (url?.protocol !== 's3:') throw new ConfigError(`Expected BLOBS_URL to be ${form}, got another URL.`);
  if (url.username !== '' || url.password !== '')
    throw new ConfigError(
      'Expected no keys in BLOBS_URL: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY hold them.',
    );
  const other = [...url.searchParams.keys()].find((name) => !parameters.includes(name));
  if (other !== undefined)
    throw new ConfigError(
      `Expected BLOBS_URL to have no parameter but ${parameters.join(', ')}, got ${JSON.stringify(other.slice(0, 40))}.`,
    );
  const name = matching('bucket', url.host, /^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/);
  const path = url.pathname.replace(/^\/|\/$/g, '');
  const prefix = matching('prefix', path, /^([A-Za-z0-9_-][A-Za-z0-9._-]*(\/(?!$)|$))*$/);
  const region = matching('region', url.searchParams.get('region') ?? usualRegion, /^[a-z0-9-]+$/);
  const endpoint = readEndpoint(url.searchParams.get('endpoint'), region);
  const isPathStyle = readPathStyle(url.searchParams);
  const base = isPathStyle
    ? `${endpoint.origin}/${name}/`
    : `${endpoint.protocol}//${name}.${endpoint.host}/`;
  return {name, host: endpoint.host, region, url: base, prefix: prefix === '' ? '' : `${prefix}/`};
}

function matching(what: string, value: string, pattern: RegExp): string {
  if (pattern.test(value)) return value;
  const got = JSON.stringify(value.slice(0, 80));
  throw new ConfigError(`Expected BLOBS_URL to be ${form}, got ${got} for the ${what}.`);
}

function readEndpoint(text: string | null, region: string): URL {
  if (text === null) return new URL(`https://s3.${region}.amazonaws.com`);
  const url = URL.parse(text);
  const isPlain = url?.username === '' && url.pathname === '/' && url.search === '' && url.hash === '';
  if (isPlain && /^https?:$/.test(url.protocol)) return url;
  throw new ConfigError(
    'Expected endpoint of BLOBS_URL to be an http or https address without a path, got another.',
  );
}

function readPathStyle(query: URLSearchParams): boolean {
  const text = query.get('path-style') ?? String(query.has('endpoint'));
  if (text === 'true' || text === 'false') return text === 'true';
  throw new ConfigError(
    `Expected path-style of BLOBS_URL to be true or false, got ${JSON.stringify(text.slice(0, 40))}.`,
  );
}
