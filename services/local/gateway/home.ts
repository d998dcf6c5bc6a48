import type {ServerResponse} from 'node:http';
import {answerJson} from '#gateway';
import type {Behind} from './gateway.ts';

/** What is here, for whoever looks in with a browser or curl. */
export function home({eventing, serving}: Behind, response: ServerResponse): void {
  const object = {
    name: 'dip',
    documents: '/api/archive/documents',
    upload: 'POST /api/ingestion/documents',
    events: 'POST /<namespace>/<broker>',
    backlog: eventing.backlog(),
    scale: serving.scale(),
  };
  answerJson(response, {status: 200, object});
}
