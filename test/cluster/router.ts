import {once} from 'node:events';
import http from 'node:http';

/**
 * Stands for the ingress of a cluster: `/<service>/…` leads to the Knative Service of that name in a namespace, by the
 * Host that the cluster's own names are told apart by.
 */
export async function openRouter(
  proxy: URL,
  namespace: string,
): Promise<{readonly url: string; close(): Promise<void>}> {
  const agent = new http.Agent({keepAlive: true});
  const server = http.createServer((request, response) => {
    const [, service = '', path = '/'] = /^\/([^/?]+)(.*)$/s.exec(request.url ?? '') ?? [];
    const headers = {...request.headers, host: `${service}.${namespace}.svc.cluster.local`};
    const {method} = request;
    const outgoing = http.request(
      {hostname: proxy.hostname, port: proxy.port, method, path: path || '/', headers, agent},
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        answer.on('error', () => response.destroy());
      },
    );
    outgoing.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
    response.on('close', () => outgoing.destroy());
    request.pipe(outgoing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('Expected a port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      agent.destroy();
      server.close();
      server.closeAllConnections();
    },
  };
}
