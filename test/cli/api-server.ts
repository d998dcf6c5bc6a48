import {existsSync} from 'node:fs';
import type {Server} from 'node:http';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import type {ExecutionContext} from 'ava';
import {skip} from '../skip.ts';

/** An API server that keeps what it is told. */
export interface ApiServer {
  readonly url: string;
  /** A Secret of namespace dip, as it is there. */
  secret(name: string): Promise<KeptSecret>;
}

export interface KeptSecret {
  data: Record<string, string>;
  metadata: {labels: Record<string, string>};
}

/** The API server that Knative's own programs are tested against; undefined where it is not. */
export async function apiServer(t: ExecutionContext): Promise<ApiServer | undefined> {
  const file = path.join(import.meta.dirname, '../../../shared/knative/broker/kube.mjs');
  if (!existsSync(file)) return skip(t, `there is no API server at ${file}`);
  const {kube}: {kube(): Server} = await import(pathToFileURL(file).href);
  const server = kube();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  return {
    url,
    async secret(name) {
      const answer = await fetch(`${url}/api/v1/namespaces/dip/secrets/${name}`);
      const object: KeptSecret = JSON.parse(await answer.text());
      return object;
    },
  };
}
