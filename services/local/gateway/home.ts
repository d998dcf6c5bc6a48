import type {ServerResponse} from 'node:http';
import type {Behind} from './gateway.ts';

/** What is here, for whoever looks in with a browser or curl. */
export function home({eventing, serving}: Behind, response: ServerResponse): void {
  response.writeHead(200, {'content-type': 'application/json; charset=utf-8'});
  const body = {
    name: 'dip',
    documents: '/api/archive/documents',
    upload: 'POST /api/ingestion/documents',
    events: 'POST /<namespace>/<broker>',
    backlog: eventing.backlog(),
    scale: serving.scale(),
  };
  response.end(`${JSON.stringify(body, null, 2)}\n`);
}
