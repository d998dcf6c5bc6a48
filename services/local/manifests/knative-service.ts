import type {Static} from 'typebox';
import {scaleOf, unreadAnnotations} from './autoscaling.ts';
import {commandWords} from './command-words.ts';
import {type ManifestObject, refusal, remark} from './manifest-object.ts';
import type {KnativeService} from './manifests.ts';
import {refusePod} from './pod-rules.ts';
import {ServiceShape} from './pod-shape.ts';
import {strict} from './strict.ts';

type Template = Static<typeof ServiceShape>['spec']['template'];
type Container = Template['spec']['containers'][number];

const annotationsAt = 'spec.template.metadata.annotations';
const specAt = 'spec.template.spec';

/** The Knative Service that an object of the YAML declares; what one machine can't do of it is put into `notes`. */
export function readService(object: ManifestObject, notes: string[]): KnativeService {
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
  noteUnread(object, {spec, index}, notes);
  const {containerConcurrency = 0, timeoutSeconds = 300} = revision;
  const {namespace, name, file} = object;
  return {
    namespace,
    name,
    ...startOf(object, annotations, notes),
    env: environmentOf(object, container, {at: `${specAt}.containers[${index}].env`, notes}),
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

/** Reserved by Knative Serving, which sets them. */
const reserved = new Set(['PORT', 'K_SERVICE', 'K_CONFIGURATION', 'K_REVISION']);

function environmentOf(
  object: ManifestObject,
  {env = []}: Container,
  {at, notes}: {at: string; notes: string[]},
): Record<string, string> {
  const environment: Record<string, string> = {};
  const leftOut: string[] = [];
  for (const {name, value, valueFrom} of env) {
    if (reserved.has(name)) throw refusal(object, at, `sets ${name}, which Knative sets: take it away.`);
    if (value !== undefined && valueFrom !== undefined) {
      throw refusal(object, at, `gives ${name} both a value and a valueFrom: keep one of them.`);
    }
    const reference = valueFrom?.secretKeyRef ?? valueFrom?.configMapKeyRef;
    if (reference === undefined) environment[name] = value ?? '';
    else
      leftOut.push(
        `${name} (${reference.name} ${reference.key}${reference.optional === true ? '' : ', which a cluster insists on'})`,
      );
    if (value?.includes('$('))
      notes.push(remark(object, `${at}: the $(…) in ${name} is not replaced on one machine.`));
  }
  if (leftOut.length > 0) {
    notes.push(remark(object, `${at}: left out on one machine: ${leftOut.join(', ')}.`));
  }
  return environment;
}

/** Where a readiness probe is something else than httpGet, listening is taken for being ready. */
function readinessOf({readinessProbe}: Container): string | null {
  const get = readinessProbe?.httpGet;
  return get === undefined ? null : (get.path ?? '/');
}

/** What has an effect here, or says nothing that could have one. */
const readOfRevision = new Set(['containers', 'containerConcurrency', 'timeoutSeconds']);
const readOfContainer = new Set(['name', 'env', 'readinessProbe']);

function noteUnread(
  object: ManifestObject,
  {spec: {template, traffic}, index}: {spec: Static<typeof ServiceShape>['spec']; index: number},
  notes: string[],
): void {
  const containers = template.spec.containers.flatMap((container, position) => {
    const at = `spec.containers[${position}]`;
    if (position !== index) return [at];
    return Object.keys(container).flatMap((name) => (readOfContainer.has(name) ? [] : [`${at}.${name}`]));
  });
  const unread = [
    ...unreadAnnotations(template.metadata?.annotations ?? {}).map((name) => `metadata.annotations[${name}]`),
    ...Object.keys(template.spec).flatMap((name) => (readOfRevision.has(name) ? [] : [`spec.${name}`])),
    ...containers,
  ];
  if (unread.length > 0) {
    notes.push(remark(object, `of spec.template these have no effect on one machine: ${unread.join(', ')}.`));
  }
  if (traffic !== undefined) notes.push(remark(object, 'spec.traffic has no effect on one machine.'));
}
