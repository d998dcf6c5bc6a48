import {isObject, type JsonObject, listAt, parsed} from '#kit/json';
import {type KubeconfigOptions, readKubeconfig} from './kubeconfig.ts';
import {type Place, pathOf} from './place.ts';
import {refusal} from './refusal.ts';
import {type Call, sender} from './send.ts';

/**
 * A cluster's API server. Objects are what it answers, as JSON. Every call
 *
 * @throws Forbidden where the person may not do this, naming verb and resource
 * @throws ClusterError where the server gives no answer in time, does not know the person, or refuses
 * @throws the signal's reason when it is told to stop
 */
export interface Cluster {
  readonly context: string;
  /** The API server's address. */
  readonly server: string;
  /** Where DIP lives. */
  readonly namespace: string;
  /** What stands at a path, such as `/version`; undefined: nothing. */
  read(path: string): Promise<JsonObject | undefined>;
  /** One object; undefined: it is not there, or its kind is not. */
  get(place: Place & {readonly name: string}): Promise<JsonObject | undefined>;
  /** All objects of a place; undefined: the server does not know their kind. */
  list(place: Place): Promise<JsonObject[] | undefined>;
  /** Makes an object. @throws Conflict where it exists already */
  create(place: Place, object: JsonObject): Promise<JsonObject>;
  /** Changes what is said of an object and nothing else; null takes a field away (RFC 7396). Undefined: no such object. */
  patch(place: Place & {readonly name: string}, change: JsonObject): Promise<JsonObject | undefined>;
}

/** Which cluster is meant, and how it is asked. */
export interface ClusterOptions extends KubeconfigOptions {
  /** Where DIP lives. */
  readonly namespace: string;
  /** Ends whatever is being asked, with its reason. */
  readonly signal: AbortSignal;
  /** For one answer: a reachable API server takes some tens. (Default: 15 s) */
  readonly timeoutMs?: number;
}

/**
 * The cluster of a context of the kubeconfig; nothing is sent yet.
 * What speaks to it is loaded here, which takes half a second.
 *
 * @throws ClusterError no kubeconfig, or one without the context
 */
export async function connectCluster({
  namespace,
  signal,
  timeoutMs = 15_000,
  ...options
}: ClusterOptions): Promise<Cluster> {
  const config = await readKubeconfig(options);
  const server = config.getCurrentCluster()?.server ?? '';
  const send = await sender(config, signal, timeoutMs);
  const ask = async (call: Call): Promise<JsonObject | undefined> => {
    const {status, text} = await send(call);
    const body = parsed(text);
    if (status === 404) return undefined;
    if (status >= 200 && status < 300 && isObject(body)) return body;
    throw refusal({status, text, body}, {...call, server});
  };
  return {
    context: config.currentContext,
    server,
    namespace,
    read: (path) => ask({verb: 'get', path}),
    get: (place) => ask({verb: 'get', path: pathOf(place), place}),
    async list(place) {
      const found = await ask({verb: 'list', path: pathOf(place), place});
      return found && listAt(found, 'items').filter(isObject);
    },
    async create(place, object) {
      const call: Call = {verb: 'create', path: pathOf(place), place, body: object};
      const made = await ask(call);
      if (made !== undefined) return made;
      throw refusal({status: 404, text: '', body: undefined}, {...call, server});
    },
    patch: (place, change) => ask({verb: 'patch', path: pathOf(place), place, body: change}),
  };
}
