import http from 'node:http';
import https from 'node:https';
import type {HttpMessage} from './codec/http.ts';
import {beginningOf, makeRequest} from './outgoing-request.ts';

const agents = {
  'http:': new http.Agent({keepAlive: true, scheduling: 'fifo'}),
  'https:': new https.Agent({keepAlive: true, scheduling: 'fifo'}),
};

export interface PostAnswer {
  status: number;
  /** The first bytes of it, as text, for error messages. */
  body: string;
}

/**
 * Posts one message and reads the answer.
 *
 * @param options.certificates in PEM, trusted besides the usual ones
 * @throws Error when nothing answers within the time.
 */
export async function post(
  url: URL,
  {headers, body}: HttpMessage,
  {silenceMs, certificates}: {silenceMs: number; certificates?: string | undefined},
): Promise<PostAnswer> {
  const agent = url.protocol === 'https:' ? agents['https:'] : agents['http:'];
  const answer = await makeRequest(url, {method: 'POST', headers, body, agent, silenceMs, certificates});
  return {status: answer.statusCode ?? 0, body: await beginningOf(answer)};
}
