import type {IncomingMessage} from 'node:http';
import {Refusal} from './refusal.ts';

/**
 * Refuses a request that names two hosts: which of them is meant would be decided otherwise here than by a proxy before us
 * (RFC 9112 section 3.2).
 *
 * @throws Refusal 400
 */
export function refuseSeveralHosts({rawHeaders}: IncomingMessage): void {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  if (hosts.length > 1) throw new Refusal(400, `Expected one Host header, got ${hosts.length}.`);
}

/**
 * Refuses what pages of other sites ask for: a browser says in `Origin` which page it works for. Ours is one of the host
 * that was asked, whichever of http and https a proxy before us has made of it; or, on one machine, of another name of
 * ours on the port that was asked.
 *
 * @param isOurs whether a host's name is another one of ours (Default: there is no other)
 * @throws Refusal 403
 */
export function refuseForeign(
  {headers, socket}: IncomingMessage,
  isOurs: (hostname: string) => boolean = () => false,
): void {
  const {origin, host = ''} = headers;
  if (origin === undefined) return;
  const url = URL.parse(origin);
  if (url !== null && /^https?:$/.test(url.protocol)) {
    const usualPort = url.protocol === 'https:' ? 443 : 80;
    if (url.host === host.toLowerCase().replace(new RegExp(`:${usualPort}$`), '')) return;
    const port = url.port === '' ? usualPort : Number(url.port);
    if (isOurs(url.hostname) && port === socket.localPort) return;
  }
  throw new Refusal(
    403,
    `Requests from pages of ${origin.slice(0, 120)} are refused: only our own may send them.`,
  );
}
