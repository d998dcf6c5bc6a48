import path from 'node:path';
import {type Config, ConfigError} from '../config.ts';
import type {Blobs} from './blobs.ts';
import {folderBlobs} from './folder.ts';
import {verified} from './verified.ts';

/** The store that the configuration names. @throws ConfigError when there is none to be had. */
export async function openBlobs(config: Config): Promise<Blobs> {
  if (config.blobsUrl !== undefined) {
    const {s3Blobs} = await import('./s3.ts');
    return verified(s3Blobs(config.blobsUrl, config.aws));
  }
  if (config.isOnKubernetes) {
    throw new ConfigError(
      'BLOBS_URL is not set: on Kubernetes a folder goes with its pod, so documents would be lost.',
    );
  }
  return verified(folderBlobs(path.join(config.dataDirectory, 'blobs')));
}
