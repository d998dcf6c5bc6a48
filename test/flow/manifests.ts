import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseAllDocuments, stringify} from 'yaml';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Changes {
  /** Annotations that the Brokers get besides their own. (Default: none) */
  readonly brokerAnnotations?: Readonly<Record<string, string>>;
  /** Where services run already, by their names. (Default: DIP starts them) */
  readonly urls?: Readonly<Record<string, string>>;
  /** The `delivery` of all that has one, the dead-letter sink aside. (Default: their own) */
  readonly delivery?: {readonly retry: number; readonly backoffPolicy: string; readonly backoffDelay: string};
}

/** Copies the project's manifests into a folder with some changes. Returns the options that start DIP with them. */
export async function changedManifests(folder: string, changes: Changes): Promise<string[]> {
  await mkdir(folder, {recursive: true});
  for (const source of ['config/knative', 'triggers']) {
    for (const name of await readdir(path.join(root, source))) {
      if (!name.endsWith('.yaml')) continue;
      const documents = parseAllDocuments(await readFile(path.join(root, source, name), 'utf8'));
      const objects: Manifest[] = documents.map((document) => document.toJS());
      for (const object of objects) change(object, changes);
      await writeFile(path.join(folder, name), objects.map((object) => stringify(object)).join('---\n'));
    }
  }
  return ['--manifests', folder];
}

/** What is changed of a manifest; the rest stays as it is. */
interface Manifest {
  kind: string;
  metadata: {name: string; annotations?: Record<string, string>};
  spec?: {
    delivery?: Record<string, unknown>;
    template?: {metadata: {annotations: Record<string, string>}};
  };
}

function change(
  {kind, metadata, spec}: Manifest,
  {urls = {}, delivery, brokerAnnotations = {}}: Changes,
): void {
  if (spec?.delivery !== undefined) Object.assign(spec.delivery, delivery);
  if (kind === 'Broker') metadata.annotations = {...metadata.annotations, ...brokerAnnotations};
  const url = urls[metadata.name];
  if (kind === 'Service' && url !== undefined && spec?.template !== undefined)
    spec.template.metadata.annotations['dip.dev/url'] = url;
}
