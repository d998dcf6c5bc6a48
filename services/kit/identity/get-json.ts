import http from 'node:http';
import https from 'node:https';
import {getCACertificates} from 'node:tls';
import {isObject, type JsonObject, parsed} from '../json.ts';

/** Less than Knative waits for the answer to an event, by far. */
const timeoutMs = 3_000;
const longestAnswer = 262_144;

/**
 * One answer as a JSON object. Node's own client, as `fetch` trusts no certificates but the usual ones.
 *
 * @param options.certificates in PEM, trusted besides the usual ones
 * @throws Error when none comes within the time.
 */
export function getJson(
  url: URL,
  {token, certificates}: {token: string | undefined; certificates: string | undefined},
): Promise<JsonObject> {
  const {get} = url.protocol === 'https:' ? https : http;
  const headers = {accept: 'application/json', ...(token && {authorization: `Bearer ${token}`})};
  const ca = certificates === undefined ? {} : {ca: [...getCACertificates('default'), certificates]};
  const {promise, resolve, reject} = Promise.withResolvers<JsonObject>();
  const request = get(url, {headers, signal: AbortSignal.timeout(timeoutMs), ...ca}, (answer) => {
    let text = '';
    answer.setEncoding('utf8');
    answer.on('data', (part: string) => {
      text += part;
      if (text.length > longestAnswer)
        request.destroy(new Error(`${url.host} answered ${url.pathname} with too much.`));
    });
    answer.on('error', reject);
    answer.on('end', () => {
      const value = answer.statusCode === 200 ? parsed(text) : undefined;
      if (isObject(value)) return resolve(value);
      reject(
        new Error(`${url.host} answered ${url.pathname} with ${answer.statusCode}, or with no JSON object.`),
      );
    });
  });
  request.on('error', (error) =>
    reject(
      error.name === 'AbortError' ? new Error(`${url.host} did not answer within ${timeoutMs} ms.`) : error,
    ),
  );
  return promise;
}
