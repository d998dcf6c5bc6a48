import {type ManifestObject, refusal} from './manifest-object.ts';

const injection = 'eventing.knative.dev/injection';
const dependency = 'knative.dev/dependency';

/** Refuses the annotations that Knative's webhook refuses (`eventing:trigger_validation.go`). */
export function refuseTriggerAnnotations(object: ManifestObject, broker = ''): void {
  const injected = object.annotations[injection];
  if (injected !== undefined && injected !== 'enabled' && injected !== 'disabled') {
    const given = `is ${JSON.stringify(injected)}`;
    throw refusal(object, `metadata.annotations[${injection}]`, `${given}: it must be enabled or disabled.`);
  }
  if (injected !== undefined && broker !== 'default') {
    throw refusal(
      object,
      `metadata.annotations[${injection}]`,
      `is for the Broker default, not for ${broker}: take it away.`,
    );
  }
  const depends = object.annotations[dependency];
  if (depends !== undefined && !isReference(depends, object.namespace)) {
    const wanted = 'it must be JSON with apiVersion, kind and name of an object of the same namespace';
    throw refusal(object, `metadata.annotations[${dependency}]`, `is ${JSON.stringify(depends)}: ${wanted}.`);
  }
}

function isReference(text: string, ownNamespace: string): boolean {
  try {
    const {apiVersion = '', kind = '', name = '', namespace = ownNamespace} = JSON.parse(text);
    return apiVersion !== '' && kind !== '' && name !== '' && namespace === ownNamespace;
  } catch {
    return false;
  }
}
