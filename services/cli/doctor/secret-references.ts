import {at, type JsonObject, listAt, textAt} from '#kit/json';
import {nameOf} from './snapshot.ts';

/** A Secret that a Knative Service reads. */
export interface SecretReference {
  readonly service: string;
  readonly secret: string;
  /** Absent: it is read as files. */
  readonly key?: string;
  /** The keys that are files; absent: all are, or it is no file. */
  readonly files?: readonly string[];
  /** The service starts without it. */
  readonly isOptional: boolean;
}

/** What Knative Services read of Secrets: into their environment, and as files. */
export function secretReferences(services: readonly JsonObject[]): SecretReference[] {
  return services.flatMap((service) => {
    const pod = at(service, 'spec', 'template', 'spec');
    const names = listAt(pod, 'containers').flatMap((container) => listAt(container, 'env'));
    const ofEnvironment = names.map((variable) => at(variable, 'valueFrom', 'secretKeyRef'));
    const volumes = listAt(pod, 'volumes');
    const projected = volumes.flatMap((volume) => listAt(at(volume, 'projected'), 'sources'));
    const ofVolumes = [...volumes, ...projected].map((volume) => at(volume, 'secret'));
    return [...ofEnvironment, ...ofVolumes].flatMap((reference) => {
      const secret = textAt(reference, 'name') ?? textAt(reference, 'secretName');
      const key = textAt(reference, 'key');
      if (secret === undefined) return [];
      const isOptional = at(reference, 'optional') === true;
      const items = listAt(reference, 'items').flatMap((item) => textAt(item, 'key') ?? []);
      const what = {...(key === undefined ? {} : {key}), ...(items.length === 0 ? {} : {files: items})};
      return [{service: nameOf(service), secret, ...what, isOptional}];
    });
  });
}

/** The names of those Secrets. */
export function secretNames(services: readonly JsonObject[]): string[] {
  return [...new Set(secretReferences(services).map(({secret}) => secret))];
}
