import {isObject, type JsonObject} from '#kit/json';

/** A field that a file says otherwise than the cluster. */
export interface Difference {
  /** Such as `spec.filters[0].exact.type`. */
  readonly path: string;
  readonly file: unknown;
  /** Undefined: the cluster has no such field. */
  readonly cluster: unknown;
}

/**
 * Where an object of the cluster is not what a file says. Only what the file says is compared: everything else was
 * filled in by webhooks and controllers. A list is one value, so that an item too many is a difference too.
 */
export function differences(file: JsonObject, cluster: JsonObject): Difference[] {
  const said = Object.entries(file).filter(
    ([name]) => !['apiVersion', 'kind', 'metadata', 'status'].includes(name),
  );
  const metadata = isObject(file['metadata']) ? file['metadata'] : {};
  const {labels, annotations} = metadata;
  const theirs = isObject(cluster['metadata']) ? cluster['metadata'] : {};
  return [
    ...compare({labels, annotations}, theirs, 'metadata'),
    ...said.flatMap(([name, value]) => compare(value, cluster[name], name)),
  ];
}

function compare(file: unknown, cluster: unknown, path: string): Difference[] {
  if (file === undefined || (cluster === undefined && isNothing(file))) return [];
  if (isObject(file) && isObject(cluster)) {
    return Object.entries(file).flatMap(([name, value]) =>
      compare(value, Object.hasOwn(cluster, name) ? cluster[name] : undefined, joined(path, name)),
    );
  }
  if (Array.isArray(file) && Array.isArray(cluster)) return compareLists(file, cluster, path);
  return isSame(file, cluster, path) ? [] : [{path, file, cluster}];
}

function compareLists(file: readonly unknown[], cluster: readonly unknown[], path: string): Difference[] {
  const isNamed = [...file, ...cluster].every((item) => isObject(item) && typeof item['name'] === 'string');
  if (!isNamed) {
    const length = Math.max(file.length, cluster.length);
    return Array.from({length}, (_, index) => index).flatMap((index) =>
      index < file.length
        ? compare(file[index], cluster[index], `${path}[${index}]`)
        : [{path: `${path}[${index}]`, file: undefined, cluster: cluster[index]}],
    );
  }
  const named = (items: readonly unknown[]) =>
    new Map(items.map((item) => [isObject(item) ? String(item['name']) : '', item]));
  const [ours, theirs] = [named(file), named(cluster)];
  const names = new Set([...ours.keys(), ...theirs.keys()]);
  return [...names].flatMap((name) => {
    const at = `${path}[${name}]`;
    if (!ours.has(name)) return [{path: at, file: undefined, cluster: theirs.get(name)}];
    return theirs.has(name)
      ? compare(ours.get(name), theirs.get(name), at)
      : [{path: at, file: ours.get(name), cluster: undefined}];
  });
}

/** What Kubernetes leaves out when it stores an object. */
function isNothing(value: unknown): boolean {
  if (value === null || value === '' || value === false || value === 0) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.values(value).every(isNothing);
}

function isSame(file: unknown, cluster: unknown, path: string): boolean {
  if (typeof file === 'object' || typeof cluster === 'object') return false;
  if (String(file) === String(cluster)) return true;
  if (path.endsWith('.image')) return isImageOf(String(file), String(cluster));
  const amounts = /\.(limits|requests)\.|\.sizeLimit$/.test(path) ? [file, cluster].map(amount) : [];
  return amounts[0] !== undefined && amounts[0] === amounts[1];
}

/** `dip/archive` stands for that image in any registry, with any tag or digest. */
function isImageOf(file: string, cluster: string): boolean {
  const name = /^dip\/([a-z0-9-]+)$/.exec(file)?.[1];
  return name !== undefined && new RegExp(`(^|[/-])${name}(:[^/]*)?(@sha256:[0-9a-f]+)?$`).test(cluster);
}

const units: Readonly<Record<string, number>> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A quantity of Kubernetes as a number, so that `1` is `1000m`. */
function amount(value: unknown): number | undefined {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(String(value)) ?? [];
  const factor = units[unit];
  return digits === '' || factor === undefined
    ? undefined
    : Math.round(Number(digits) * factor * 1000) / 1000;
}

function joined(path: string, name: string): string {
  return /^[\w-]+$/.test(name) ? `${path}.${name}` : `${path}[${name}]`;
}
