import type {IncomingMessage} from 'node:http';
import {isIP} from 'node:net';
import type {Behind} from './gateway.ts';

/** Where a request may go. */
export type Target =
  | {kind: 'broker'}
  | {kind: 'home'}
  | {kind: 'service'; namespace: string; name: string; path: string}
  | {kind: 'refused'; status: number; sentence: string};

/**
 * Decides where a request goes. A web page on the same machine can send requests here too: so one whose Origin is
 * another site's, or whose Host is no name of ours (DNS rebinding), is refused before anything is read.
 */
export function admission(behind: Behind, request: IncomingMessage): Target {
  const url = request.url ?? '/';
  const host = nameOf(request.headers.host ?? '');
  const isOwn = isOurs(behind, host);
  const byHost = isOwn ? undefined : serviceOfHost(behind, host);
  if (!isOwn && byHost === undefined) {
    return refused(
      403,
      `Host ${JSON.stringify(host.slice(0, 120))} is no name of this DIP. Use 127.0.0.1 or localhost.`,
    );
  }
  const {origin} = request.headers;
  if (origin !== undefined && !isOwnOrigin(behind, origin, request)) {
    return refused(
      403,
      `Requests from pages of ${origin.slice(0, 120)} are refused: only this DIP's own may send them.`,
    );
  }
  if (byHost !== undefined) return door({...byHost, path: url}, request);
  const path = url.split('?')[0] ?? '/';
  if (path === '/' && (request.method === 'GET' || request.method === 'HEAD')) return {kind: 'home'};
  if (path === '/api' || path.startsWith('/api/')) return frontDoor(behind, url, request);
  return {kind: 'broker'};
}

function frontDoor(behind: Behind, url: string, request: IncomingMessage): Target {
  const [, name = '', rest = '/'] = /^\/api\/([^/?]*)(.*)$/s.exec(url) ?? [];
  const [namespace] = behind.serving.namespacesOf(name);
  if (namespace === undefined)
    return refused(404, `There is no service ${JSON.stringify(name.slice(0, 120))} in the manifests.`);
  return door({namespace, name, path: rest.startsWith('/') ? rest : `/${rest}`}, request);
}

/** A service's front doors are for everybody; where it hears events is the broker's alone. */
function door(
  {namespace, name, path}: {namespace: string; name: string; path: string},
  request: IncomingMessage,
): Target {
  const meant = meantBy(path);
  if (meant === '/events' || (meant === '/' && request.method !== 'GET' && request.method !== 'HEAD'))
    return refused(
      403,
      `Events reach a service through the broker alone: post yours to /${namespace}/default.`,
    );
  return {kind: 'service', namespace, name, path};
}

/**
 * The path that a service may understand: services in any language stand behind this, some of which decode, join
 * slashes, resolve dots, drop parameters or ignore case before they look.
 */
function meantBy(path: string): string {
  const decoded = path
    .replace(/[?#].*$/s, '')
    .replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  const segments: string[] = [];
  for (const segment of decoded.split(/[/\\]/)) {
    const name = segment.replace(/;.*$/s, '').trim().toLowerCase();
    if (name === '..') segments.pop();
    else if (name !== '' && name !== '.') segments.push(name);
  }
  return `/${segments.join('/')}`;
}

/**
 * `<service>.<namespace>`, under the domains that Knative and clusters put behind it. Under no others: whoever owns
 * one could have it lead here.
 */
function serviceOfHost({serving}: Behind, host: string): {namespace: string; name: string} | undefined {
  const [, name = '', namespace = ''] = serviceHost.exec(host) ?? [];
  return serving.has(namespace, name) ? {namespace, name} : undefined;
}

const serviceHost =
  /^([a-z0-9-]+)\.([a-z0-9-]+)(?:|\.svc|\.svc\.cluster\.local|\.localhost|\.example\.com|\.127\.0\.0\.1\.sslip\.io)$/;

/** Addresses are ours where we listen to more than this machine: no page can have a name lead to one. */
function isOurs({hosts}: Behind, host: string): boolean {
  if (loopback.has(host) || hosts.includes(host) || hosts.includes(bare(host))) return true;
  return isIP(bare(host)) !== 0 && hosts.some((name) => !loopback.has(name) && name !== '::1');
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A page of ours: of the host that was asked, or of another of our names on the same port. */
function isOwnOrigin(behind: Behind, origin: string, request: IncomingMessage): boolean {
  const url = URL.parse(origin);
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  if (url.host === request.headers.host?.toLowerCase()) return true;
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return isOurs(behind, url.hostname) && port === request.socket.localPort;
}

/** A host without its port and the root's dot, in lower case. */
function nameOf(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
}

/** An IPv6 address without its brackets. */
function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}

function refused(status: number, sentence: string): Target {
  return {kind: 'refused', status, sentence};
}
