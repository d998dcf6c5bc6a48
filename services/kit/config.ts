import {existsSync} from 'node:fs';
import path from 'node:path';

/**
 * All that the environment can say to a service. Nothing else of the project reads it.
 * A wrong value is one sentence, and the process ends with 78 (EX_CONFIG of sysexits.h).
 */
export interface Config {
  /** `PORT`, Knative's: where to listen; 0 takes a free one. (Default: 8080) */
  port: number;
  /** `HOST`: the address to listen on. (Default: 127.0.0.1; on Kubernetes all, as the kubelet probes the pod's) */
  host: string;
  /** `K_SINK`, Knative's: the broker that events are published to. (Default: none, and publishing fails) */
  sink: URL | undefined;
  /** What Knative's SinkBinding says besides: attributes, certificates and a token. (Default: nothing) */
  sinkBinding: SinkBinding;
  /** `DIP_DATA_DIR`: where databases and blobs are kept on one machine. (Default: .dip) */
  dataDirectory: string;
  /**
   * `DIP_SERVICES_URL`: where the console finds the other services, with `{service}` for a name, such as
   * `http://{service}.dip.svc.cluster.local`. (Default: none, and the console does not start)
   */
  servicesUrl: string | undefined;
  /** `DIP_TOKENS_DIR`: a file for each token of a person. (Default: tokens in the data; on Kubernetes a mounted Secret) */
  tokensDirectory: string;
  /**
   * `DIP_IDENTITY_DIR`: the keys by which services know the way in for people, `public.pem`, and of the way in
   * `private.pem`. (Default: identity in the data; on Kubernetes a mounted Secret)
   */
  identityDirectory: string;
  /**
   * `DIP_SETTINGS_DIR`: the owner's rules, letters, signals and addresses, each in the place of the file that ships.
   * (Default: none; on Kubernetes a mounted ConfigMap)
   */
  settingsDirectory: string | undefined;
  /** Which tokens let events in. (Default: undefined, and whoever reaches the service may hand it events) */
  eventTokens: EventTokens | undefined;
  /** `DATABASE_URL`: a database server; without it each service keeps an SQLite file. (Default: none) */
  databaseUrl: string | undefined;
  /** `BLOBS_URL`: where blobs are kept; without it a folder. (Default: none) */
  blobsUrl: string | undefined;
  /** Who we are to the S3 server that `BLOBS_URL` names. (Default: nobody) */
  aws: AwsKeys;
  /** Undefined: telemetry is neither sent nor loaded. (Default) */
  telemetry: TelemetryConfig | undefined;
  /** `KUBERNETES_SERVICE_HOST`, the kubelet's: a pod's disk goes with the pod. */
  isOnKubernetes: boolean;
}

/**
 * The tokens that Knative's `authentication-oidc` puts on events. Any pod can have one for any audience, so it is also
 * said whose they are.
 */
export interface EventTokens {
  /** `DIP_EVENTS_AUDIENCE`: what Triggers give as `subscriber.audience`. With it every event needs a token. */
  audience: string;
  /**
   * `DIP_EVENTS_FROM`, needed with it: the subjects of tokens, each after a comma, `*` for any letters but colons:
   * `system:serviceaccount:dip:*-oidc-eventing.knative.dev-trigger`.
   */
  from: readonly string[];
  /** `DIP_EVENTS_ISSUER`: the server that says who signs tokens. (Default: https://kubernetes.default.svc) */
  issuer: URL;
  /** Where a pod has what it needs to ask that server: `token` says who it is, `ca.crt` whom to trust. */
  issuerDirectory: string;
}

/**
 * What is sent, once an endpoint is set: `OTEL_EXPORTER_OTLP_ENDPOINT`, or its `_TRACES_` or `_METRICS_` sister for
 * one of them alone. `OTEL_SDK_DISABLED` turns all of it off.
 */
export interface TelemetryConfig {
  traces: boolean;
  metrics: boolean;
  /** Where this process runs, as Knative says it, under the names of OpenTelemetry's resource conventions. */
  resource: Readonly<Record<string, string>>;
}

/** By the names of AWS's own programs. */
export interface AwsKeys {
  /** `AWS_ACCESS_KEY_ID` */
  accessKeyId: string | undefined;
  /** `AWS_SECRET_ACCESS_KEY`: never said to anybody. */
  secretAccessKey: string | undefined;
  /** `AWS_SESSION_TOKEN`, of keys that expire. */
  sessionToken: string | undefined;
  /** `AWS_REGION`, where `BLOBS_URL` names none. (Default: us-east-1) */
  region: string | undefined;
}

/** How to publish to a sink that a SinkBinding gave (knative/eventing, sinkbinding_lifecycle.go). */
export interface SinkBinding {
  /** `K_CE_OVERRIDES`: extension attributes to put on every event that is published. */
  extensions: Readonly<Record<string, string>>;
  /** `K_CA_CERTS`: certificates in PEM to trust besides the usual ones; undefined: none. */
  certificates: string | undefined;
  /** Where the token that says who we are is mounted, if it is; Knative renews it there. */
  tokenFile: string;
}

/** The environment can't be used as it is. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** @throws ConfigError with the name and its value. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const set = (name: string) => environment[name] || undefined;
  const isOnKubernetes = set('KUBERNETES_SERVICE_HOST') !== undefined;
  const dataDirectory = path.resolve(set('DIP_DATA_DIR') ?? '.dip');
  return {
    port: readPort(set('PORT')),
    host: set('HOST') ?? (isOnKubernetes ? '0.0.0.0' : '127.0.0.1'),
    sink: readSink(set('K_SINK')),
    sinkBinding: {
      extensions: readExtensions(set('K_CE_OVERRIDES')),
      certificates: set('K_CA_CERTS'),
      tokenFile: '/oidc/token',
    },
    dataDirectory,
    servicesUrl: readServicesUrl(set('DIP_SERVICES_URL')),
    tokensDirectory: path.resolve(
      set('DIP_TOKENS_DIR') ?? (isOnKubernetes ? '/var/run/dip/tokens' : tokensFolder(dataDirectory)),
    ),
    identityDirectory: path.resolve(
      set('DIP_IDENTITY_DIR') ?? (isOnKubernetes ? '/var/run/dip/identity' : identityFolder(dataDirectory)),
    ),
    settingsDirectory: readSettingsDirectory(set('DIP_SETTINGS_DIR'), isOnKubernetes),
    eventTokens: readEventTokens(
      set('DIP_EVENTS_AUDIENCE'),
      set('DIP_EVENTS_FROM'),
      set('DIP_EVENTS_ISSUER'),
    ),
    databaseUrl: set('DATABASE_URL'),
    blobsUrl: set('BLOBS_URL'),
    aws: {
      accessKeyId: set('AWS_ACCESS_KEY_ID'),
      secretAccessKey: set('AWS_SECRET_ACCESS_KEY'),
      sessionToken: set('AWS_SESSION_TOKEN'),
      region: set('AWS_REGION'),
    },
    telemetry: readTelemetry(environment),
    isOnKubernetes,
  };
}

/** Where a pod has it mounted, if anybody has made the ConfigMap. */
const mountedSettings = '/var/run/dip/settings';

function readSettingsDirectory(value: string | undefined, isOnKubernetes: boolean): string | undefined {
  if (value !== undefined) return path.resolve(value);
  return isOnKubernetes && existsSync(mountedSettings) ? mountedSettings : undefined;
}

/** @throws ConfigError with the name and its value. */
export function readTelemetry(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): TelemetryConfig | undefined {
  const set = (name: string) => environment[name] || undefined;
  if (set('OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return undefined;
  const isSent = (signal: string) =>
    [`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`, 'OTEL_EXPORTER_OTLP_ENDPOINT']
      .map((name) => checkedEndpoint(name, set(name)))
      .some((endpoint) => endpoint !== undefined);
  const [traces, metrics] = [isSent('TRACES'), isSent('METRICS')];
  if (!traces && !metrics) return undefined;
  for (const signal of ['', 'TRACES_', 'METRICS_'])
    checkProtocol(`OTEL_EXPORTER_OTLP_${signal}PROTOCOL`, set(`OTEL_EXPORTER_OTLP_${signal}PROTOCOL`));
  // As the conventions map Cloud Run, which is Knative. The name of a pod is its host's.
  const resource = {
    'faas.name': set('K_SERVICE'),
    'faas.version': set('K_REVISION'),
    'k8s.pod.name': set('KUBERNETES_SERVICE_HOST') && set('HOSTNAME'),
  };
  const said = Object.entries(resource).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return {traces, metrics, resource: Object.fromEntries(said)};
}

function checkedEndpoint(name: string, value: string | undefined): string | undefined {
  if (value === undefined || /^https?:$/.test(URL.parse(value)?.protocol ?? '')) return value;
  throw new ConfigError(`Expected ${name} to be an http or https URL, got ${JSON.stringify(value)}.`);
}

/** Not over gRPC: its client alone is larger than a whole service. */
function checkProtocol(name: string, value = 'http/protobuf'): void {
  if (value === 'http/protobuf' || value === 'http/json') return;
  throw new ConfigError(`Expected ${name} to be http/protobuf or http/json, got ${JSON.stringify(value)}.`);
}

/** Where the tokens of one machine are kept. */
export function tokensFolder(dataDirectory: string): string {
  return path.join(dataDirectory, 'tokens');
}

/** Where the keys of one machine are kept. */
export function identityFolder(dataDirectory: string): string {
  return path.join(dataDirectory, 'identity');
}

function readPort(value = '8080'): number {
  const port = Number(value);
  if (/^\d+$/.test(value) && port <= 65_535) return port;
  throw new ConfigError(`Expected PORT from 0 to 65535, got ${JSON.stringify(value)}.`);
}

function readSink(value: string | undefined): URL | undefined {
  if (value === undefined) return undefined;
  const url = URL.parse(value);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new ConfigError(`Expected K_SINK to be an http or https URL, got ${JSON.stringify(value)}.`);
}

function readEventTokens(
  audience: string | undefined,
  from: string | undefined,
  issuer = 'https://kubernetes.default.svc',
): EventTokens | undefined {
  if ((audience === undefined) !== (from === undefined))
    throw new ConfigError(
      'Expected DIP_EVENTS_AUDIENCE and DIP_EVENTS_FROM both to be set or neither: a token for an audience is had by any pod.',
    );
  if (audience === undefined || from === undefined) return undefined;
  const subjects = from.split(',').map((subject) => subject.trim());
  if (!subjects.every((subject) => /^[^\s*]{3}\S*$/.test(subject)))
    throw new ConfigError(
      `Expected DIP_EVENTS_FROM to be subjects of tokens after commas, got ${JSON.stringify(from)}.`,
    );
  return {audience, from: subjects, issuer: issuerUrl(issuer), issuerDirectory: '/var/run/dip/issuer'};
}

/** Whoever answers in its place could let anybody in, so it is asked by TLS; on this machine nobody else can. */
function issuerUrl(value: string): URL {
  const url = URL.parse(value);
  const isSafe =
    url?.protocol === 'https:' ||
    (url?.protocol === 'http:' && /^(127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname));
  if (url !== null && isSafe && url.search === '' && url.hash === '' && url.username === '') return url;
  throw new ConfigError(`Expected DIP_EVENTS_ISSUER to be an https URL, got ${JSON.stringify(value)}.`);
}

function readExtensions(value: string | undefined): Record<string, string> {
  if (value === undefined) return {};
  const extensions = parsedMember(value, 'extensions') ?? {};
  const entries = Object.entries(extensions);
  const isSaid = entries.every(([name, text]) => /^[a-z0-9]+$/.test(name) && typeof text === 'string');
  if (isSaid) return Object.fromEntries(entries.map(([name, text]) => [name, String(text)]));
  throw new ConfigError(
    `Expected K_CE_OVERRIDES to be {"extensions": {"name": "value"}} as JSON, got ${JSON.stringify(value)}.`,
  );
}

/** @throws ConfigError where the text is no JSON object. */
function parsedMember(text: string, name: string): object | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null)
    throw new ConfigError(`Expected K_CE_OVERRIDES to be a JSON object, got ${JSON.stringify(text)}.`);
  const member: unknown = Reflect.get(value, name);
  return typeof member === 'object' && member !== null ? member : undefined;
}

/** A name that is put into it must lead to another service, and change nothing else of the address. */
function readServicesUrl(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const url = URL.parse(value.replaceAll('{service}', 'name'));
  const isPlain = url?.username === '' && url.search === '' && url.hash === '' && url.protocol === 'http:';
  if (isPlain && value.split('{service}').length === 2) return value.replace(/\/$/, '');
  const expected = 'an http URL with one `{service}` in it';
  throw new ConfigError(`Expected DIP_SERVICES_URL to be ${expected}, got ${JSON.stringify(value)}.`);
}
