import {type ManifestObject, remark, titleOf} from './manifest-object.ts';

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

/** The notes about objects that nothing here reads: one line for all that is no loss, one for each of the others. */
export function notesAboutOthers(objects: readonly ManifestObject[]): string[] {
  const known = objects.filter(({kind}) => quiet.has(kind));
  const others = objects.filter(({kind}) => !quiet.has(kind));
  const notes = others.map((object) =>
    remark(object, `a ${object.kind} of ${object.apiVersion} has no effect on one machine.`),
  );
  if (known.length === 0) return notes;
  return [...notes, `Nothing to do on one machine for ${known.map(titleOf).join(', ')}.`];
}
