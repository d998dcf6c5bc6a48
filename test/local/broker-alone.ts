import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import type {LocalOptions} from '#local';
import {event} from './gateway/asking.ts';

const broker = {
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: {name: 'default', namespace: 'dip'},
  spec: {},
};

/** Settings of a DIP that has a Broker and no services, in a folder of the test's own: manifests and data are below it. */
export async function brokerAlone(folder: string, parts: Partial<LocalOptions> = {}): Promise<LocalOptions> {
  await mkdir(path.join(folder, 'manifests'));
  await writeFile(path.join(folder, 'manifests', 'broker.yaml'), JSON.stringify(broker));
  return {
    manifests: [path.join(folder, 'manifests')],
    host: '127.0.0.1',
    port: 0,
    dataDirectory: path.join(folder, 'data'),
    dip: [],
    directory: folder,
    environment: process.env,
    say: () => {},
    ...parts,
  };
}

/** Hands in an event. */
export const post = {method: 'POST', path: '/dip/default', headers: event};
