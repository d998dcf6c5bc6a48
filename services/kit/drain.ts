import type {Server, ServerResponse} from 'node:http';

/**
 * Watches a server from its first request on. The result stops it: no new connections, the requests under way are
 * answered, and then every connection is closed, whatever its keep-alive says.
 */
export function drainer(server: Server): () => Promise<void> {
  const underWay = new Set<ServerResponse>();
  const {promise: drained, resolve: finish} = Promise.withResolvers<void>();
  let isDraining = false;
  const settle = () => {
    if (isDraining && underWay.size === 0) server.closeAllConnections();
  };
  server.on('request', (_request, response: ServerResponse) => {
    if (isDraining) response.shouldKeepAlive = false;
    underWay.add(response);
    response.once('close', () => {
      underWay.delete(response);
      settle();
    });
  });
  return () => {
    isDraining = true;
    for (const response of underWay) response.shouldKeepAlive = false;
    server.close(() => finish());
    settle();
    return drained;
  };
}
