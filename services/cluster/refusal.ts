import {textAt} from '#kit/json';
import {ClusterError, Conflict, Forbidden} from './cluster-error.ts';
import {titleOf} from './place.ts';
import type {Call} from './send.ts';

/** What an API server's refusal comes to. */
export function refusal(
  {status, text, body}: {readonly status: number; readonly text: string; readonly body: unknown},
  {verb, path, place, server}: Call & {readonly server: string},
): ClusterError {
  const wanted = `${verb} ${place === undefined ? path : titleOf(place)}`;
  const words = textAt(body, 'message') ?? text.slice(0, 300);
  const said = words.trim() === '' ? '.' : `: ${words.trim().replace(/\.$/, '')}.`;
  if (status === 401) {
    return new ClusterError(
      `The API server ${server} does not know who you are (401): log in again, or name another --context.`,
    );
  }
  if (status === 403) {
    const sentence = `You may not ${wanted} at ${server} (403): ask for the right to, or name another --context.`;
    return new Forbidden(sentence, wanted);
  }
  if (status === 409) return new Conflict(`The API server ${server} would not ${wanted} (409)${said}`);
  if (status === 404)
    return new ClusterError(`The API server ${server} knows nothing to ${wanted} (404)${said}`);
  if (status === 400 && /HTTP request to an HTTPS server/.test(text)) {
    return new ClusterError(`${server} speaks https: write it with https:// in the kubeconfig.`);
  }
  if (status >= 200 && status < 300) {
    return new ClusterError(
      `Expected JSON of an API server from ${server}${path}, got something else: is that one?`,
    );
  }
  return new ClusterError(`The API server ${server} could not ${wanted} (${status})${said}`);
}

const certificate =
  /^(CERT_|DEPTH_ZERO_SELF_SIGNED_CERT$|ERR_TLS_|SELF_SIGNED_CERT|UNABLE_TO_|HOSTNAME_MISMATCH$)/;
const neverConnected =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/;

/** What kept a request from an answer, as a sentence with what to do. */
export function brokenConnection(
  error: unknown,
  {server, timeoutMs}: {readonly server: string; readonly timeoutMs: number},
): ClusterError {
  if (error instanceof ClusterError) return error;
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = textAt(cause, 'code') ?? '';
  return new ClusterError(sentenceOf(cause, code, {server, timeoutMs}), {cause: error});
}

function sentenceOf(
  cause: unknown,
  code: string,
  {server, timeoutMs}: {readonly server: string; readonly timeoutMs: number},
): string {
  const why = (cause instanceof Error ? cause.message : String(cause)).trim().replace(/\.$/, '');
  if (cause instanceof Error && cause.name === 'TimeoutError') {
    return `The API server ${server} gave no answer in ${timeoutMs / 1000} s: is it the right one, and is the network?`;
  }
  if (neverConnected.test(code) || why === 'bad port') {
    return `Nothing answers at ${server}: start the cluster, or its tunnel, or name another --context.`;
  }
  if (certificate.test(code)) {
    return `The certificate of ${server} is not to be trusted (${why}): check certificate-authority-data in the kubeconfig.`;
  }
  if (/^(EPROTO|ERR_SSL_)/.test(code)) {
    return `${server} does not speak TLS as it should (${why}): is it http, or not the API server's port?`;
  }
  return `The API server ${server} could not be asked: ${why}.`;
}
