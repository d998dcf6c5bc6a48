import type {ServerResponse} from 'node:http';
import {answerJson} from '#gateway';
import type {Behind} from './gateway.ts';

/**
 * What is here, for whoever looks in with a browser or curl. `?subject=<documentId>` asks what is held of one document
 * alone.
 */
export function home({eventing, serving}: Behind, url: string, response: ServerResponse): void {
  const subject = new URL(url, 'http://here.invalid').searchParams.get('subject');
  const object = {
    name: 'dip',
    documents: '/api/archive/documents',
    upload: 'POST /api/ingestion/documents',
    events: 'POST /<namespace>/<broker>',
    backlog: eventing.backlog(),
    held: eventing.held(subject ?? undefined),
    scale: serving.scale(),
  };
  answerJson(response, {status: 200, object});
}
