import {textAt} from '#kit/json';
import type {Destination} from './manifests.ts';

/** An object that events go to, its namespace filled in. */
export interface Reference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/**
 * Who a destination of an object means; undefined for what is no Service and no Broker, or has no address.
 *
 * @param namespace of the object
 */
export function meantBy(destination: unknown, namespace: string): Destination | undefined {
  const uri = textAt(destination, 'uri');
  const name = textAt(destination, 'ref', 'name');
  if (name === undefined) {
    const url = uri === undefined ? null : URL.parse(uri);
    return url === null ? undefined : addressed(url);
  }
  const reference = {
    apiVersion: textAt(destination, 'ref', 'apiVersion') ?? '',
    kind: textAt(destination, 'ref', 'kind') ?? '',
    namespace: textAt(destination, 'ref', 'namespace') ?? namespace,
    name,
  };
  return referred(reference, uri);
}

/** Who a reference means, and where below it; undefined for kinds that take no events on one machine. */
export function referred(
  {apiVersion, kind, namespace, name}: Reference,
  uri: string | undefined,
): Destination | undefined {
  const [group] = apiVersion.split('/');
  if (group === 'serving.knative.dev' && kind === 'Service') {
    return {kind: 'service', namespace, name, path: pathBelow('/', uri)};
  }
  if (group === 'eventing.knative.dev' && kind === 'Broker') {
    const path = pathBelow(`/${namespace}/${name}`, uri);
    return addressed(new URL(path, 'http://broker-ingress.knative-eventing.svc.cluster.local'));
  }
  if (apiVersion !== 'v1' || kind !== 'Service') return undefined;
  return {kind: 'uri', uri: `http://${name}.${namespace}.svc.cluster.local${pathBelow('/', uri)}`};
}

function pathBelow(base: string, uri = ''): string {
  const {pathname, search} = new URL(uri, new URL(base, 'http://service'));
  return pathname + search;
}

/** Who an address means: those that a cluster's name service would know are Services and Brokers. */
export function addressed(url: URL): Destination {
  const path = url.pathname + url.search;
  if (/^(kafka-)?broker-ingress\.knative-eventing\.svc(\.cluster\.local)?$/.test(url.hostname)) {
    const [, namespace, name] = /^\/([^/]+)\/([^/]+)\/?$/.exec(path) ?? [];
    if (namespace !== undefined && name !== undefined) return {kind: 'broker', namespace, name};
  }
  const [, name, namespace] = /^([^.]+)\.([^.]+)\.svc(\.cluster\.local)?$/.exec(url.hostname) ?? [];
  if (name === undefined || namespace === undefined) return {kind: 'uri', uri: url.href};
  return {kind: 'service', namespace, name, path};
}
