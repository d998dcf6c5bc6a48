import type {JsonObject} from '#kit/json';
import type {SeenTrigger} from '#manifests';
import {deployedOf, kinds, nameOf, type Snapshot} from './snapshot.ts';

/** The Knative Service that a Trigger delivers to; undefined where it is something else or not there. */
export function subscriberOf({subscriber}: SeenTrigger, snapshot: Snapshot): JsonObject | undefined {
  if (subscriber?.kind !== 'service' || subscriber.namespace !== snapshot.namespace) return undefined;
  return deployedOf(snapshot, kinds.service).find((service) => nameOf(service) === subscriber.name);
}

/** Whether a Trigger only wakes a Service ahead of its events: what it brings is lost to nobody, so it may be given up at once. */
export function onlyWakes({subscriber}: SeenTrigger): boolean {
  return subscriber?.kind === 'service' && subscriber.path === '/wake';
}
