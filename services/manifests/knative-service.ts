import type {Static} from 'typebox';
import {scaleOf} from './autoscaling.ts';
import {commandWords} from './command-words.ts';
import {type ManifestObject, refusal, remark} from './manifest-object.ts';
import type {KnativeService, Remarks} from './manifests.ts';
import {refusePod} from './pod-rules.ts';
import {ServiceShape} from './pod-shape.ts';
import {strict} from './strict.ts';
import {remarkOnUnread} from './unread-fields.ts';

type Template = Static<typeof ServiceShape>['spec']['template'];
type Container = Template['spec']['containers'][number];

const annotationsAt = 'spec.template.metadata.annotations';
const specAt = 'spec.template.spec';

/** The Knative Service that an object of the YAML declares; what one machine does not do of it is put into `remarks`. */
export function readService(object: ManifestObject, remarks: Remarks): KnativeService {
  const {spec} = strict(object, ServiceShape, object.value);
  refuseName(object);
  refusePod(object, spec);
  const {metadata: {annotations = {}} = {}, spec: revision} = spec.template;
  const index = Math.max(
    revision.containers.findIndex(({ports = []}) => ports.length > 0),
    0,
  );
  const container = revision.containers[index];
  if (container === undefined)
    throw refusal(object, `${specAt}.containers`, 'is empty: a service needs one.');
  remarkOnUnread(object, spec, {index, remarks});
  const {containerConcurrency = 0, timeoutSeconds = 300} = revision;
  const {namespace, name, file} = object;
  return {
    namespace,
    name,
    ...startOf(object, annotations, remarks.notes),
    says: saidBy(object, annotations['dip.dev/says']),
    env: environmentOf(object, container, {at: `${specAt}.containers[${index}].env`, remarks}),
    containerConcurrency,
    timeoutMs: timeoutSeconds * 1000,
    ...scaleOf(object, annotations),
    readinessPath: readinessOf(container),
    file,
  };
}

/** It becomes the name of a Kubernetes Service, a DNS-1035 label. */
function refuseName(object: ManifestObject): void {
  if (/^(?=.{1,63}$)[a-z]([-a-z0-9]*[a-z0-9])?$/.test(object.name)) return;
  const rule = 'it must be at most 63 lower-case letters, digits and dashes, a letter first';
  throw refusal(object, 'metadata.name', `is ${JSON.stringify(object.name)}: ${rule}.`);
}

function startOf(
  object: ManifestObject,
  annotations: Readonly<Record<string, string>>,
  notes: string[],
): Pick<KnativeService, 'command' | 'url'> {
  const line = annotations['dip.dev/command'];
  const address = annotations['dip.dev/url'];
  const command = line === undefined ? null : commandWords(line);
  if (command === undefined || command?.length === 0) {
    const given = `is ${JSON.stringify(line)}`;
    throw refusal(
      object,
      `${annotationsAt}[dip.dev/command]`,
      `${given}: it must be a command line with all quotes closed.`,
    );
  }
  if (address !== undefined && !/^https?:$/.test(URL.parse(address)?.protocol ?? '')) {
    const given = `is ${JSON.stringify(address)}`;
    throw refusal(object, `${annotationsAt}[dip.dev/url]`, `${given}: it must be an http or https address.`);
  }
  if (command === null && address === undefined) {
    const where = `${annotationsAt} hold neither dip.dev/command nor dip.dev/url`;
    notes.push(remark(object, `${where}, so it can not be started here.`));
  }
  return {command, url: address ?? null};
}

/** The types after spaces that an annotation holds. */
function saidBy(object: ManifestObject, text: string | undefined): string[] {
  if (text === undefined) return [];
  const types = text.split(/\s+/).filter((type) => type !== '');
  if (types.length > 0 && types.every((type) => /^[a-z0-9]+(\.[a-z0-9]+)+$/.test(type))) return types;
  const given = `is ${JSON.stringify(text)}`;
  const wanted = 'it must be types of events with spaces between them, such as com.dip.pages.counted';
  throw refusal(object, `${annotationsAt}[dip.dev/says]`, `${given}: ${wanted}.`);
}

/** Reserved by Knative Serving, which sets them. */
const reserved = new Set(['PORT', 'K_SERVICE', 'K_CONFIGURATION', 'K_REVISION']);

function environmentOf(
  object: ManifestObject,
  {env = []}: Container,
  {at, remarks: {notes, forClusters}}: {at: string; remarks: Remarks},
): Record<string, string> {
  const environment: Record<string, string> = {};
  const needed: string[] = [];
  const optional: string[] = [];
  for (const {name, value, valueFrom} of env) {
    if (reserved.has(name)) throw refusal(object, at, `sets ${name}, which Knative sets: take it away.`);
    if (value !== undefined && valueFrom !== undefined) {
      throw refusal(object, at, `gives ${name} both a value and a valueFrom: keep one of them.`);
    }
    const reference = valueFrom?.secretKeyRef ?? valueFrom?.configMapKeyRef;
    if (reference === undefined) environment[name] = value ?? '';
    else {
      (reference.optional === true ? optional : needed).push(`${name} (${reference.name} ${reference.key})`);
    }
    if (value?.includes('$('))
      notes.push(remark(object, `${at}: the $(…) in ${name} is not replaced on one machine.`));
  }
  const say = (names: string[]) => remark(object, `${at}: left out on one machine: ${names.join(', ')}`);
  if (needed.length > 0) notes.push(`${say(needed)}, which a cluster insists on.`);
  if (optional.length > 0) forClusters.push(`${say(optional)}.`);
  return environment;
}

/** Where a readiness probe is something else than httpGet, listening is taken for being ready. */
function readinessOf({readinessProbe}: Container): string | null {
  const get = readinessProbe?.httpGet;
  return get === undefined ? null : (get.path ?? '/');
}
