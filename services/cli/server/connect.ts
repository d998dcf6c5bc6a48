import {textAt} from '#kit/json';
import {Failure, messageOf, misused} from '../failure.ts';
import type {Terminal} from '../terminal.ts';
import {addressOf} from './address.ts';

/** A running DIP, spoken to over HTTP. */
export interface Server {
  /** Its address, without a slash at its end. */
  readonly url: string;
  /**
   * Sends one request to a path of the server, which starts with a slash, and reads the whole answer.
   *
   * @throws Unreachable when nothing answers at the address
   * @throws ConnectionLost when the connection broke before the answer was complete
   * @throws the signal's reason when it is aborted
   */
  request(path: string, options?: RequestOptions): Promise<Answer>;
}

export interface RequestOptions {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Blob;
  /** Default: the terminal's. */
  readonly signal?: AbortSignal;
}

/** What a server answered with. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Nothing answers at the server's address. */
export class Unreachable extends Failure {}

/** The connection broke before there was an answer: the request may have been taken, or not. */
export class ConnectionLost extends Failure {}

/**
 * The server at the address asked for, or the one of DIP_SERVER, or this machine's.
 *
 * @throws Failure (usage) what is no address, or no token
 */
export function connect(asked: string | undefined, terminal: Terminal): Server {
  const url = addressOf(asked, terminal);
  const authorization = authorizationOf(terminal);
  return {
    url,
    async request(path, {headers, signal = terminal.signal, ...init} = {}) {
      try {
        const response = await fetch(url + path, {...init, headers: {...authorization, ...headers}, signal});
        const text = await response.text();
        return {url: url + path, status: response.status, headers: response.headers, text};
      } catch (error) {
        signal.throwIfAborted();
        throw brokenConnection(url, error);
      }
    },
  };
}

/** No sentence holds the token itself. */
function authorizationOf({env}: Terminal): Record<string, string> {
  const token = env['DIP_TOKEN']?.trim() ?? '';
  if (token === '') return {};
  if (/^[\x21-\x7e]+$/.test(token)) return {authorization: `Bearer ${token}`};
  throw misused(
    'DIP_TOKEN is not one word: expected a token, as `dip token create NAME --role ROLE -o name` prints it.',
  );
}

/** What starts a DIP at an address, where it is on this machine, as the beginning of a sentence. */
function startOf(url: string): string {
  const {protocol, hostname, port} = new URL(url);
  if (protocol !== 'http:' || !/^(localhost|127\.0\.0\.1)$/.test(hostname)) return 'Start that DIP, or';
  const line = port === '8080' ? 'npm start' : `npm start -- --port ${port || '80'}`;
  return `Start DIP with \`${line}\`, or`;
}

const neverConnected =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;
const lost = /^(ECONNRESET|EPIPE|ETIMEDOUT|UND_ERR_SOCKET|UND_ERR_(HEADERS|BODY)_TIMEOUT)$/;

/** What broke, as a sentence. `fetch` says only "fetch failed" and keeps the reason in its cause. */
function brokenConnection(url: string, error: unknown): Failure {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = textAt(cause, 'code') ?? '';
  const why = messageOf(cause ?? error).replace(/\.$/, '');
  // `fetch` never tries the ports of other protocols, such as 1 or 6000: no DIP listens there.
  if (neverConnected.test(code) || why === 'bad port') {
    const sentence = `Nothing answers at ${url}. ${startOf(url)} name another with --server.`;
    return new Unreachable(sentence, undefined, {cause: error});
  }
  const sentence = `The connection to ${url} failed: ${why}.`;
  return lost.test(code)
    ? new ConnectionLost(sentence, undefined, {cause: error})
    : new Failure(sentence, undefined, {cause: error});
}
