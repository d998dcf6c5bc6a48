import type {JsonObject} from '#kit/json';
import type {ManifestObject} from './manifest-object.ts';

/** The ConfigMap of a name; undefined where it is not there or can't be seen. */
export type ConfigMapAt = (namespace: string, name: string) => JsonObject | undefined;

/** The ConfigMaps of files; Knative's own for Brokers, which no file needs to hold, as Knative ships it. */
export function configMapsIn(objects: readonly ManifestObject[]): ConfigMapAt {
  const configMaps = new Map(
    objects
      .filter(({kind, apiVersion}) => kind === 'ConfigMap' && apiVersion === 'v1')
      .map(({namespace, name, value}) => [`${namespace}/${name}`, value]),
  );
  return (namespace, name) =>
    configMaps.get(`${namespace}/${name}`) ?? (isKnativesOwn(namespace, name) ? shipped : undefined);
}

/** Whether a ConfigMap is the one that Knative gives a Broker that names none. */
export function isKnativesOwn(namespace: string, name: string): boolean {
  return namespace === 'knative-eventing' && name === 'config-br-default-channel';
}

const shipped: JsonObject = {
  data: {'channel-template-spec': 'apiVersion: messaging.knative.dev/v1\nkind: InMemoryChannel\n'},
};
