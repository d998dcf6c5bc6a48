import {type JsonObject, textAt} from '#kit/json';
import {deployedOf, kinds, nameOf, type Snapshot} from './snapshot.ts';

/** The Knative Service that a Trigger delivers to; undefined where it is something else or not there. */
export function subscriberOf(trigger: JsonObject, snapshot: Snapshot): JsonObject | undefined {
  const isService = textAt(trigger, 'spec', 'subscriber', 'ref', 'apiVersion')?.startsWith(
    'serving.knative.dev/',
  );
  if (isService !== true) return undefined;
  const name = textAt(trigger, 'spec', 'subscriber', 'ref', 'name');
  return deployedOf(snapshot, kinds.service).find((service) => nameOf(service) === name);
}
