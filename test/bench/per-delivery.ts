import {createServer} from 'node:http';
import {type Cost, measure} from './per-event.ts';
import {startServer} from './server-process.ts';

/** What one event costs a service that does nothing with it, round by round in turn. */
export interface PerDelivery {
  silent: Cost[];
  /** With traces, all of them sampled, and metrics. */
  watched: Cost[];
}

/** Measures what telemetry adds to an event, and that it adds nothing where it is off. */
export async function perDelivery({rounds, events}: {rounds: number; events: number}): Promise<PerDelivery> {
  const collector = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200).end());
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const address = collector.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const servers = {
    silent: await startServer('service-server.ts'),
    watched: await startServer('service-server.ts', [`http://127.0.0.1:${port}`]),
  };
  const costs: PerDelivery = {silent: [], watched: []};
  const target = {path: '/events', status: 204};
  const kinds = ['silent', 'watched'] as const;
  for (const kind of kinds) await measure(servers[kind], events, target);
  for (let round = 0; round < rounds; round++)
    for (const kind of kinds) costs[kind].push(await measure(servers[kind], events, target));
  for (const server of Object.values(servers)) server.stop();
  collector.close();
  collector.closeAllConnections();
  return costs;
}
