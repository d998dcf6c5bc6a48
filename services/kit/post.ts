import http from 'node:http';
import https from 'node:https';
import {getCACertificates} from 'node:tls';
import type {HttpMessage} from './codec/http.ts';

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
 * Posts one message and reads the answer. Node's own client: `fetch` costs five times the CPU, and any library its
 * import at each cold start.
 *
 * @param options.certificates in PEM, trusted besides the usual ones
 * @throws Error when nothing answers within the time.
 */
export function post(
  url: URL,
  message: HttpMessage,
  {timeoutMs, certificates}: {timeoutMs: number; certificates?: string | undefined},
): Promise<PostAnswer> {
  const {request} = url.protocol === 'https:' ? https : http;
  const agent = url.protocol === 'https:' ? agents['https:'] : agents['http:'];
  const ca = certificates === undefined ? {} : {ca: [...getCACertificates('default'), certificates]};
  return new Promise((resolve, reject) => {
    // The timeout here and not by `setTimeout`, whose time begins when there is a connection.
    const options = {method: 'POST', headers: message.headers, agent, timeout: timeoutMs, ...ca};
    const outgoing = request(url, options, (answer) => {
      let body = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => {
        if (body.length < 2000) body += chunk;
      });
      answer.on('end', () => resolve({status: answer.statusCode ?? 0, body}));
      answer.on('error', reject);
    });
    outgoing.on('timeout', () =>
      outgoing.destroy(new Error(`${url.host} did not answer within ${timeoutMs} ms.`)),
    );
    outgoing.on('error', reject);
    outgoing.end(message.body);
  });
}
