import * as catalogue from '#events';
import {type Contract, isContract, type Service} from '#kit';

/** The contracts of what a service hears: all that there are, where it hears anything. */
export function heardBy(service: Service): readonly Contract[] {
  if (!service.hearsAnything) return service.contracts;
  return Object.values<unknown>(catalogue).filter(isContract);
}

/** The blobs that the example of a contract names, as they are kept: each name with its bytes. */
export function examplesOfWords({words}: Contract): [ref: string, bytes: Buffer][] {
  return Object.entries(words).map(([ref, value]) => [
    ref,
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
  ]);
}
