import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseAllDocuments, stringify} from 'yaml';
import {way} from '../../services/archive/way.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The services of a document's way to its answer, and those that keep it and let people in. */
export const ofTheWay: readonly string[] = [
  ...way.map(({service}) => service),
  'archive',
  'dead-letter',
  'console',
];

export interface Changes {
  /** The services that there are, with what they hear. (Default: all) */
  readonly services?: readonly string[];
  /** Annotations that the Brokers get besides their own. (Default: none) */
  readonly brokerAnnotations?: Readonly<Record<string, string>>;
  /** Where services run already, by their names. (Default: DIP starts them) */
  readonly urls?: Readonly<Record<string, string>>;
  /** The `delivery` of all that has one, the dead-letter sink aside. (Default: their own) */
  readonly delivery?: {readonly retry: number; readonly backoffPolicy: string; readonly backoffDelay: string};
  /** How many times sooner than they say deliveries are given up. (Default: 1) */
  readonly faster?: number;
  /** What the services that keep state have in their environment, in place of what they take from a Secret. (Default: nothing) */
  readonly state?: Readonly<Record<string, string>>;
}

/** Copies the project's manifests into a folder with some changes. Returns the options that start DIP with them. */
export async function changedManifests(folder: string, changes: Changes): Promise<string[]> {
  await mkdir(folder, {recursive: true});
  for (const source of ['config/knative', 'triggers']) {
    for (const name of await readdir(path.join(root, source))) {
      if (!name.endsWith('.yaml')) continue;
      const documents = parseAllDocuments(await readFile(path.join(root, source, name), 'utf8'));
      const all: Manifest[] = documents.map((document) => document.toJS());
      const objects = all.filter((object) => isOf(object, changes.services));
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
    subscriber?: {ref?: {name: string}};
    delivery?: Record<string, unknown>;
    template?: {
      metadata: {annotations: Record<string, string>};
      spec: {containers: {env?: {name: string; value?: string}[]}[]};
    };
  };
}

function isOf({kind, metadata, spec}: Manifest, services: readonly string[] | undefined): boolean {
  if (services === undefined) return true;
  const service = kind === 'Service' ? metadata.name : spec?.subscriber?.ref?.name;
  return service === undefined || services.includes(service);
}

function change({kind, metadata, spec}: Manifest, changes: Changes): void {
  const {urls = {}, delivery, brokerAnnotations = {}, faster = 1, state} = changes;
  if (spec?.delivery !== undefined) {
    Object.assign(spec.delivery, delivery, faster === 1 ? {} : shortened(spec.delivery, faster));
  }
  if (kind === 'Broker') metadata.annotations = {...metadata.annotations, ...brokerAnnotations};
  const url = urls[metadata.name];
  if (kind === 'Service' && url !== undefined && spec?.template !== undefined)
    spec.template.metadata.annotations['dip.dev/url'] = url;
  for (const container of spec?.template?.spec.containers ?? []) {
    if (state === undefined || container.env?.every(({name}) => name !== 'DATABASE_URL')) continue;
    const own = (container.env ?? []).filter(({name}) => !(name in state));
    container.env = [...own, ...Object.entries(state).map(([name, value]) => ({name, value}))];
  }
}

/** Knative counts a back-off in tenths of a second, so none is shorter, and the attempts are fewer instead. */
function shortened({retry, backoffPolicy, backoffDelay}: Record<string, unknown>, faster: number): object {
  const least = 0.1;
  const count = Number(retry);
  const delay = Number(/^PT([\d.]+)S$/.exec(String(backoffDelay))?.[1]);
  const isLinear = backoffPolicy === 'linear';
  const total = delay * (isLinear ? (count * (count + 1)) / 2 : 2 ** (count + 1) - 2);
  const waits = total / faster / least;
  const fewer = isLinear ? Math.sqrt(2 * waits) : Math.log2(waits + 2) - 1;
  return {retry: Math.max(1, Math.round(fewer)), backoffDelay: `PT${least}S`};
}
