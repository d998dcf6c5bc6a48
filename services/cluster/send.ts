import type {KubeConfig, RequestContext} from '@kubernetes/client-node';
import type {JsonObject} from '#kit/json';
import type {Place} from './place.ts';
import {brokenConnection} from './refusal.ts';

const methods = {get: 'GET', list: 'GET', create: 'POST', patch: 'PATCH'} as const;

/** One request to the API server, in the words of Kubernetes' roles. */
export interface Call {
  readonly verb: keyof typeof methods;
  readonly path: string;
  readonly place?: Place;
  readonly body?: JsonObject;
}

/** What sends calls with what the kubeconfig says of addresses, certificates and who is asking. */
export async function sender(
  config: KubeConfig,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<(call: Call) => Promise<{status: number; text: string}>> {
  const {IsomorphicFetchHttpLibrary, RequestContext} = await import('@kubernetes/client-node');
  const server = config.getCurrentCluster()?.server ?? '';
  const http = new IsomorphicFetchHttpLibrary();
  const introduce = async () => {
    const introduction = new RequestContext(server, 'GET');
    await config.applySecurityAuthentication(introduction);
    return introduction;
  };
  // Asked for once: a program that logs people in may take seconds, and each dispatcher is connections of its own.
  let introduced: ReturnType<typeof introduce> | undefined;
  return async (call) => {
    signal.throwIfAborted();
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    try {
      introduced ??= introduce();
      const introduction = await unless(limit, introduced);
      const request = new RequestContext(server + call.path, methods[call.verb]);
      write(request, call, introduction);
      request.setSignal(limit);
      const answer = await http.send(request).toPromise();
      return {status: answer.httpStatusCode, text: await answer.body.text()};
    } catch (error) {
      signal.throwIfAborted();
      throw brokenConnection(error, {server, timeoutMs});
    }
  };
}

function write(request: RequestContext, {verb, body}: Call, introduction: RequestContext): void {
  for (const [name, value] of Object.entries(introduction.getHeaders())) request.setHeaderParam(name, value);
  const dispatcher = introduction.getDispatcher();
  if (dispatcher !== undefined) request.setDispatcher(dispatcher);
  request.setHeaderParam('accept', 'application/json');
  if (body === undefined) return;
  const type = verb === 'patch' ? 'application/merge-patch+json' : 'application/json';
  request.setHeaderParam('content-type', type);
  request.setBody(JSON.stringify(body));
}

/** @throws the signal's reason where it comes first. */
async function unless<Value>(signal: AbortSignal, promise: Promise<Value>): Promise<Value> {
  const {promise: aborted, reject} = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, {once: true});
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
