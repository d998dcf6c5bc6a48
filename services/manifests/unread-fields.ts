import type {Static} from 'typebox';
import {unreadAnnotations} from './autoscaling.ts';
import {type ManifestObject, remark} from './manifest-object.ts';
import type {Remarks} from './manifests.ts';
import type {ServiceShape} from './pod-shape.ts';

type Spec = Static<typeof ServiceShape>['spec'];
type Volume = NonNullable<Spec['template']['spec']['volumes']>[number];

/** Has an effect here, or says nothing that could have one. */
const read = new Set([
  'containers',
  'containerConcurrency',
  'timeoutSeconds',
  'name',
  'env',
  'readinessProbe',
]);

/** Needed where there are pods, and missed by nobody where there are none. Of volumes that is for each to say. */
const ofPods = new Set([
  'automountServiceAccountToken',
  'enableServiceLinks',
  'image',
  'imagePullPolicy',
  'imagePullSecrets',
  'livenessProbe',
  'ports',
  'resources',
  'securityContext',
  'serviceAccountName',
  'startupProbe',
  'terminationMessagePath',
  'terminationMessagePolicy',
  'volumeMounts',
]);

/**
 * Remarks on the fields of a Knative Service that have no effect on one machine.
 *
 * @param index of the container that gets the requests
 */
export function remarkOnUnread(
  object: ManifestObject,
  {template, traffic}: Spec,
  {index, remarks: {notes, forClusters}}: {index: number; remarks: Remarks},
): void {
  const fields = [...fieldsOf(template.spec, 'spec'), ...fieldsOfContainers(template.spec, index)];
  const isForClusters = ({name}: Field) =>
    ofPods.has(name) || (name === 'volumes' && (template.spec.volumes ?? []).every(isSpare));
  const say = (names: readonly string[]) =>
    remark(object, `of spec.template these have no effect on one machine: ${names.join(', ')}.`);
  const pathsOf = (wanted: boolean) =>
    fields.filter((field) => isForClusters(field) === wanted).map(({path}) => path);
  const annotations = unreadAnnotations(template.metadata?.annotations ?? {});
  const unmissed = [...annotations.map((name) => `metadata.annotations[${name}]`), ...pathsOf(true)];
  if (unmissed.length > 0) forClusters.push(say(unmissed));
  const missed = pathsOf(false);
  if (missed.length > 0) notes.push(say(missed));
  if (traffic !== undefined) notes.push(remark(object, 'spec.traffic has no effect on one machine.'));
}

interface Field {
  readonly name: string;
  readonly path: string;
}

function fieldsOf(value: object, at: string): Field[] {
  return Object.keys(value).flatMap((name) => (read.has(name) ? [] : [{name, path: `${at}.${name}`}]));
}

/** Of containers beside the one that gets the requests nothing is read. */
function fieldsOfContainers({containers}: Spec['template']['spec'], index: number): Field[] {
  return containers.flatMap((container, position) => {
    const path = `spec.containers[${position}]`;
    return position === index ? fieldsOf(container, path) : [{name: 'containers', path}];
  });
}

/** A volume that holds nothing at the start, or need not be there: a service does without. */
function isSpare({emptyDir, secret, configMap}: Volume): boolean {
  return emptyDir !== undefined || secret?.optional === true || configMap?.optional === true;
}
