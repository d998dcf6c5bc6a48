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
  /** `DIP_DATA_DIR`: where databases and blobs are kept on one machine. (Default: .dip) */
  dataDirectory: string;
  /** `DATABASE_URL`: a database server; without it each service keeps an SQLite file. (Default: none) */
  databaseUrl: string | undefined;
  /** `BLOBS_URL`: where blobs are kept; without it a folder. (Default: none) */
  blobsUrl: string | undefined;
  /** `OTEL_EXPORTER_OTLP_ENDPOINT` or its `_TRACES_` sister: telemetry is sent, and loaded, only when it is set. */
  telemetryEndpoint: string | undefined;
  /** `KUBERNETES_SERVICE_HOST`, the kubelet's: a pod's disk goes with the pod. */
  isOnKubernetes: boolean;
}

/** The environment can't be used as it is. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** @throws ConfigError with the name and its value. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const set = (name: string) => environment[name] || undefined;
  const isOnKubernetes = set('KUBERNETES_SERVICE_HOST') !== undefined;
  return {
    port: readPort(set('PORT')),
    host: set('HOST') ?? (isOnKubernetes ? '0.0.0.0' : '127.0.0.1'),
    sink: readSink(set('K_SINK')),
    dataDirectory: path.resolve(set('DIP_DATA_DIR') ?? '.dip'),
    databaseUrl: set('DATABASE_URL'),
    blobsUrl: set('BLOBS_URL'),
    telemetryEndpoint: set('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') ?? set('OTEL_EXPORTER_OTLP_ENDPOINT'),
    isOnKubernetes,
  };
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
