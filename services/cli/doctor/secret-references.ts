import {at, type JsonObject, listAt, textAt} from '#kit/json';
import {nameOf} from './snapshot.ts';

/** A Secret that a Knative Service reads. */
export interface SecretReference {
  readonly service: string;
  readonly secret: string;
  /** Absent: all of it, as files. */
  readonly key?: string;
  /** The service starts without it. */
  readonly isOptional: boolean;
}

/** What Knative Services read of Secrets: into their environment, and as files. */
export function secretReferences(services: readonly JsonObject[]): SecretReference[] {
  return services.flatMap((service) => {
    const pod = at(service, 'spec', 'template', 'spec');
    const names = listAt(pod, 'containers').flatMap((container) => listAt(container, 'env'));
    const ofEnvironment = names.map((variable) => at(variable, 'valueFrom', 'secretKeyRef'));
    const ofVolumes = listAt(pod, 'volumes').map((volume) => at(volume, 'secret'));
    return [...ofEnvironment, ...ofVolumes].flatMap((reference) => {
      const secret = textAt(reference, 'name') ?? textAt(reference, 'secretName');
      const key = textAt(reference, 'key');
      if (secret === undefined) return [];
      const isOptional = at(reference, 'optional') === true;
      return [{service: nameOf(service), secret, ...(key === undefined ? {} : {key}), isOptional}];
    });
  });
}

/** The names of those Secrets. */
export function secretNames(services: readonly JsonObject[]): string[] {
  return [...new Set(secretReferences(services).map(({secret}) => secret))];
}
