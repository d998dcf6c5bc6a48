/** Where objects of one kind are, or one of them by its name, below an API server's address. */
export interface Place {
  /** Such as `v1` or `eventing.knative.dev/v1`. */
  readonly apiVersion: string;
  /** The kind as it stands in addresses, such as `triggers`. */
  readonly plural: string;
  /** Absent: in all namespaces, or in none where the kind knows none. */
  readonly namespace?: string;
  readonly name?: string;
}

/** The path that the API server knows a place by. */
export function pathOf({apiVersion, plural, namespace, name}: Place): string {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const inside = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  const one = name === undefined ? '' : `/${encodeURIComponent(name)}`;
  return `${group}${inside}/${plural}${one}`;
}

/** A place in the words of Kubernetes' roles: `triggers.eventing.knative.dev in namespace dip`. */
export function titleOf({apiVersion, plural, namespace, name}: Place): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.slice(0, apiVersion.indexOf('/'))}` : '';
  const one = name === undefined ? '' : ` ${name}`;
  const inside = namespace === undefined ? '' : ` in namespace ${namespace}`;
  return `${plural}${group}${one}${inside}`;
}
