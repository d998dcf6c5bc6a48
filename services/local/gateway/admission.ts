import type {IncomingMessage} from 'node:http';
import {isIP} from 'node:net';
import {type FrontDoor, frontDoorOf, refuseForeign, refuseSeveralHosts} from '#gateway';
import type {Behind} from './gateway.ts';

/** Where a request may go. */
export type Target =
  | {kind: 'broker'}
  | {kind: 'home'}
  | {kind: 'service'; namespace: string; door: FrontDoor}
  | {kind: 'refused'; status: number; sentence: string};

/**
 * Decides where a request goes. A web page on the same machine can send requests here too: so one whose Origin is
 * another site's, or whose Host is no name of ours (DNS rebinding), is refused before anything is read.
 */
export function admission(behind: Behind, request: IncomingMessage): Target {
  const url = request.url ?? '/';
  refuseSeveralHosts(request);
  const host = nameOf(request.headers.host ?? '');
  const isOwn = isOurs(behind, host);
  const byHost = isOwn ? undefined : serviceOfHost(behind, host);
  if (!isOwn && byHost === undefined) {
    return refused(
      403,
      `Host ${JSON.stringify(host.slice(0, 120))} is no name of this DIP. Use 127.0.0.1 or localhost.`,
    );
  }
  refuseForeign(request, (hostname) => isOurs(behind, hostname));
  if (byHost !== undefined)
    return {kind: 'service', namespace: byHost.namespace, door: {service: byHost.name, path: url}};
  const path = url.split('?')[0] ?? '/';
  if (path === '/' && (request.method === 'GET' || request.method === 'HEAD')) return {kind: 'home'};
  const door = frontDoorOf(url);
  if (door !== undefined) return serviceOf(behind, door);
  return {kind: 'broker'};
}

function serviceOf(behind: Behind, {service, path}: FrontDoor): Target {
  const [namespace] = behind.serving.namespacesOf(service);
  if (namespace === undefined)
    return refused(404, `There is no service ${JSON.stringify(service.slice(0, 120))} in the manifests.`);
  return {kind: 'service', namespace, door: {service, path}};
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
