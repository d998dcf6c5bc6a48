import {readBroker} from './broker.ts';
import {readService} from './knative-service.ts';
import {type ManifestObject, refusal} from './manifest-object.ts';
import type {Manifests, Remarks} from './manifests.ts';
import {remarkOnOthers} from './other-kinds.ts';
import {readObjects} from './read-objects.ts';
import {notesAboutStrangers} from './strangers.ts';
import {readTrigger} from './trigger.ts';

/**
 * Reads the YAML of a cluster: Brokers, Triggers, Knative Services and the ConfigMaps that Brokers name.
 *
 * @param paths files and folders, as `kubectl apply -f` takes them.
 * @throws Error one sentence with file, object, field and value, for what Knative's admission webhooks or the API server
 *   would refuse, for a Broker that would never become ready, and for what can not work on one machine.
 */
export async function readManifests(paths: readonly string[]): Promise<Manifests> {
  const objects = await readObjects(paths);
  const remarks: Remarks = {notes: [], forClusters: []};
  const {notes} = remarks;
  const of = (group: string, kind: string) => objects.filter((object) => isOf(object, group, kind));
  const configMaps = of('', 'ConfigMap');
  const brokers = of('eventing.knative.dev', 'Broker').map((object) =>
    readBroker(object, configMaps, remarks),
  );
  const triggers = of('eventing.knative.dev', 'Trigger').map((object) =>
    readTrigger(object, {brokers, notes}),
  );
  const services = of('serving.knative.dev', 'Service').map((object) => readService(object, remarks));
  const read = {brokers: brokers.map(({broker}) => broker), triggers, services};
  const isRead = new Set(brokers.map(({configMap}) => configMap));
  const others = objects.filter(
    (object) => !isRead.has(object) && !kinds.has(`${groupOf(object)} ${object.kind}`),
  );
  notes.push(...notesAboutStrangers(read));
  remarkOnOthers(others, remarks);
  return {...read, notes: [...new Set(notes)], forClusters: [...new Set(remarks.forClusters)]};
}

const kinds = new Map([
  ['eventing.knative.dev Broker', 'eventing.knative.dev/v1'],
  ['eventing.knative.dev Trigger', 'eventing.knative.dev/v1'],
  ['serving.knative.dev Service', 'serving.knative.dev/v1'],
]);

/** @throws Error for a version that the API server does not know. */
function isOf(object: ManifestObject, group: string, kind: string): boolean {
  if (object.kind !== kind || groupOf(object) !== group) return false;
  const version = kinds.get(`${group} ${kind}`);
  if (version === undefined || version === object.apiVersion) return true;
  throw refusal(object, 'apiVersion', `is ${JSON.stringify(object.apiVersion)}: it must be ${version}.`);
}

function groupOf({apiVersion}: ManifestObject): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}
