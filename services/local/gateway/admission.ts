import type {IncomingMessage} from 'node:http';
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
  const host = nameOf(request.headers.host);
  const byHost = host === undefined ? undefined : serviceOfHost(behind, host);
  if (host === undefined || !(isOurs(behind, host) || byHost !== undefined)) {
    return refused(
      403,
      `Host ${JSON.stringify(request.headers.host ?? '')} is no name of this DIP. Use 127.0.0.1 or localhost.`,
    );
  }
  const {origin} = request.headers;
  if (origin !== undefined && !isOwnOrigin(behind, origin)) {
    return refused(
      403,
      `Requests from pages of ${origin.slice(0, 120)} are refused: only this DIP's own may send them.`,
    );
  }
  if (byHost !== undefined) return door({...byHost, path: url}, request);
  const path = url.split('?')[0] ?? '/';
  if (path === '/') return {kind: 'home'};
  if (path === '/api' || path.startsWith('/api/')) return frontDoor(behind, url, request);
  return {kind: 'broker'};
}

function frontDoor(behind: Behind, url: string, request: IncomingMessage): Target {
  const [, name = '', rest = '/'] = /^\/api\/([^/?]*)(.*)$/s.exec(url) ?? [];
  const [namespace] = behind.serving.namespacesOf(name);
  if (namespace === undefined)
    return refused(404, `There is no service ${JSON.stringify(name)} in the manifests.`);
  return door({namespace, name, path: rest.startsWith('/') ? rest : `/${rest}`}, request);
}

/** A service's front doors are for everybody; where it hears events is the broker's alone. */
function door(
  {namespace, name, path}: {namespace: string; name: string; path: string},
  request: IncomingMessage,
): Target {
  const {pathname} = new URL(path, 'http://service');
  const isEventPath =
    pathname.replace(/\/+$/, '') === '/events' || (pathname === '/' && request.method === 'POST');
  if (isEventPath)
    return refused(
      403,
      `Events reach a service through the broker alone: post yours to /${namespace}/default.`,
    );
  return {kind: 'service', namespace, name, path};
}

/** `<service>.<namespace>`, and whatever domain a cluster would put behind it. */
function serviceOfHost({serving}: Behind, host: string): {namespace: string; name: string} | undefined {
  const [name = '', namespace = ''] = host.split('.');
  return serving.has(namespace, name) ? {namespace, name} : undefined;
}

function isOurs({hosts}: Behind, host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]' || hosts.includes(host);
}

function isOwnOrigin(behind: Behind, origin: string): boolean {
  const url = URL.parse(origin);
  return (url?.protocol.startsWith('http') ?? false) && isOurs(behind, url?.hostname ?? '');
}

/** A host without its port, in lower case. */
function nameOf(host: string | undefined): string | undefined {
  return host?.toLowerCase().replace(/:\d+$/, '');
}

function refused(status: number, sentence: string): Target {
  return {kind: 'refused', status, sentence};
}
