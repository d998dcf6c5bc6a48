import http, {type Agent, type IncomingMessage, type OutgoingHttpHeaders} from 'node:http';
import https from 'node:https';
import {getCACertificates} from 'node:tls';

/** One request that we make of another server. */
export interface OutgoingRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers: OutgoingHttpHeaders;
  readonly body?: Uint8Array | undefined;
  /** The connections that are kept; false: a new one for this request. */
  readonly agent: Agent | false;
  /**
   * Whether it is made again, by a new connection, where one that was kept was closed under it: nobody can tell whether
   * that was heard (RFC 9110 §9.2.2). (Default: false)
   */
  readonly isRepeatable?: boolean;
  /** A connection that is not there after this, or says nothing for so long, is given up. (Default: never) */
  readonly silenceMs?: number;
  /** Certificates in PEM that are trusted besides the usual ones. */
  readonly certificates?: string | undefined;
  /** Breaks it off. */
  readonly signal?: AbortSignal;
}

/**
 * Makes a request. The answer comes as it begins, whatever its status. Node's own client: `fetch` costs five times the
 * CPU, and any library its import at each cold start.
 *
 * @throws Error when nothing answers, as a sentence without its subject: `it said nothing for 10 s`.
 */
export function makeRequest(url: URL | string, request: OutgoingRequest): Promise<IncomingMessage> {
  const {method = 'GET', headers, body, agent, silenceMs, certificates, signal, isRepeatable} = request;
  const {promise, resolve, reject} = Promise.withResolvers<IncomingMessage>();
  const open = String(url).startsWith('https:') ? https.request : http.request;
  const outgoing = open(
    url,
    {
      method,
      headers,
      agent,
      // Here and not by `setTimeout`, whose time begins when there is a connection.
      ...(silenceMs === undefined ? {} : {timeout: silenceMs}),
      ...(certificates === undefined ? {} : {ca: [...getCACertificates('default'), certificates]}),
      ...(signal === undefined ? {} : {signal}),
    },
    resolve,
  );
  outgoing.on('timeout', () =>
    outgoing.destroy(new Error(`it said nothing for ${(silenceMs ?? 0) / 1000} s`)),
  );
  outgoing.on('error', (error) => {
    const isClosedUnderIt = isRepeatable === true && outgoing.reusedSocket && signal?.aborted !== true;
    if (isClosedUnderIt) resolve(makeRequest(url, {...request, agent: false}));
    else reject(error);
  });
  outgoing.end(body);
  return promise;
}

/** The first characters of an answer, as text; the rest is read away, so that the connection can be used again. */
export async function beginningOf(answer: IncomingMessage, characters = 2_000): Promise<string> {
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) if (text.length < characters) text += chunk;
  return text;
}
