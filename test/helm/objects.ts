/** The objects that Helm and kubectl would each send to a cluster, in one form, so that they can be compared. */
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {parseAllDocuments} from 'yaml';

export const project = path.join(import.meta.dirname, '../..');
export const chart = path.join(project, 'helm/dip');

/** All objects by kind and name, each as its values by their paths: `spec.template.spec.containerConcurrency`. */
export type Objects = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

/** What kubectl sends for these files and folders of the project. */
export function plainObjects(...names: readonly string[]): Objects {
  const texts = names.flatMap((name) =>
    name.endsWith('.yaml')
      ? [name]
      : readdirSync(path.join(project, name)).map((file) => path.join(name, file)),
  );
  return new Map(texts.flatMap((file) => [...objectsIn(readFileSync(path.join(project, file), 'utf8'))]));
}

/** The objects of a text of YAML, such as what `helm template` prints. */
export function objectsIn(text: string): Objects {
  const documents = parseAllDocuments(text).map((document): unknown => document.toJS());
  const objects = documents.filter((document) => document !== null).map((document) => valuesOf(document));
  const named = new Map(
    objects.map((values) => [`${values.get('kind')} ${values.get('metadata.name')}`, values]),
  );
  if (named.size !== objects.length) throw new Error('An object is there twice.');
  return named;
}

/** What differs between two, by object and path: what stands there afterwards; `absent` where nothing does. */
export function changes(before: Objects, after: Objects): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(name), after.get(name)];
    if (old === undefined || now === undefined) {
      found[name] = now === undefined ? 'absent' : 'added';
      continue;
    }
    for (const at of new Set([...old.keys(), ...now.keys()]))
      if (old.get(at) !== now.get(at)) found[`${name} ${at}`] = now.has(at) ? now.get(at) : 'absent';
  }
  return found;
}

/** All scalars of an object by their paths; an empty list or mapping counts as one. */
function valuesOf(value: unknown, at: readonly string[] = []): Map<string, unknown> {
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (members.length === 0)
    return new Map([[at.join('.'), typeof value === 'object' ? JSON.stringify(value) : value]]);
  return new Map(members.flatMap(([name, member]) => [...valuesOf(member, [...at, name])]));
}
