import {type ManifestObject, remark} from './manifest-object.ts';
import type {Remarks} from './manifests.ts';

/** What matters to a cluster only, or describes what the files say already. */
const quiet = new Set([
  'ClusterRole',
  'ClusterRoleBinding',
  'EventType',
  'Namespace',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'Role',
  'RoleBinding',
  'ServiceAccount',
]);

/** Remarks on objects that nothing here reads: one line for all that is no loss, one for each of the others. */
export function remarkOnOthers(objects: readonly ManifestObject[], {notes, forClusters}: Remarks): void {
  const known = objects.filter(({kind}) => quiet.has(kind));
  for (const object of objects) {
    if (quiet.has(object.kind)) continue;
    notes.push(remark(object, `a ${object.kind} of ${object.apiVersion} has no effect on one machine.`));
  }
  if (known.length === 0) return;
  forClusters.push(`Nothing to do on one machine for ${counted(known.map(({kind}) => kind))}.`);
}

/** Each kind once, with how many there are of it: `Namespace, 6 ServiceAccount`. */
function counted(kinds: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => (count === 1 ? kind : `${count} ${kind}`)).join(', ');
}
