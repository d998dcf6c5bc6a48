import type {Static} from 'typebox';
import {type ManifestObject, refusal} from './manifest-object.ts';
import type {ServiceShape} from './pod-shape.ts';

type Spec = Static<typeof ServiceShape>['spec'];
type Container = Spec['template']['spec']['containers'][number];

const at = 'spec.template.spec';

/** Where Knative's queue-proxy listens beside the container. */
const reservedPorts = [8008, 8012, 8013, 8022, 9090, 9091];

/** Refuses what Knative Serving's webhook refuses in a pod and no schema says (`serving:k8s_validation.go`). */
export function refusePod(object: ManifestObject, {template: {spec}, traffic}: Spec): void {
  const {containers, volumes = []} = spec;
  if (containers.length > 1 && containers.filter(({ports = []}) => ports.length > 0).length !== 1) {
    throw refusal(object, `${at}.containers`, 'are several: give exactly one of them a port.');
  }
  const mounted = new Set<string>();
  for (const [index, container] of containers.entries()) {
    refuseContainer(object, container, `${at}.containers[${index}]`);
    for (const {name} of container.volumeMounts ?? []) {
      mounted.add(name);
      if (volumes.some((volume) => volume.name === name)) continue;
      throw refusal(
        object,
        `${at}.containers[${index}].volumeMounts`,
        `mount ${name}, which is no volume: add it.`,
      );
    }
  }
  const unused = volumes.find(({name}) => !mounted.has(name));
  if (unused !== undefined)
    throw refusal(object, `${at}.volumes`, `hold ${unused.name}, which nothing mounts: take it away.`);
  const percent = traffic?.reduce((sum, target) => sum + (target.percent ?? 0), 0);
  if (percent !== undefined && percent !== 100) {
    throw refusal(object, 'spec.traffic', `sums to ${percent} percent: it must be 100.`);
  }
}

function refuseContainer(object: ManifestObject, container: Container, field: string): void {
  if (container.name === 'queue-proxy') {
    throw refusal(object, `${field}.name`, 'is "queue-proxy", which Knative has itself: name it otherwise.');
  }
  const port = container.ports?.[0]?.containerPort ?? 0;
  if (reservedPorts.includes(port)) {
    throw refusal(
      object,
      `${field}.ports[0].containerPort`,
      `is ${port}, which Knative uses itself: take another.`,
    );
  }
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
    refuseProbe(object, container[name], `${field}.${name}`);
  }
  refuseStartupWithoutPort(object, container.startupProbe, `${field}.startupProbe`);
}

/** Knative takes such a probe, and the API server then refuses every pod that Knative makes (`serving:deploy.go`). */
function refuseStartupWithoutPort(
  object: ManifestObject,
  probe: Container['startupProbe'],
  field: string,
): void {
  const asked = probe?.httpGet ?? probe?.tcpSocket;
  if (asked === undefined || asked.port !== undefined) return;
  throw refusal(
    object,
    field,
    'names no port, and Knative writes one into liveness and readiness probes alone: take it away, or name the port.',
  );
}

/** A readiness probe may ask nothing: then Knative looks whether the port is open. */
function refuseProbe(object: ManifestObject, probe: Container['livenessProbe'], field: string): void {
  if (probe === undefined) return;
  const {httpGet, tcpSocket, exec, grpc, periodSeconds, failureThreshold, timeoutSeconds} = probe;
  const asks = [httpGet, tcpSocket, exec, grpc].filter((handler) => handler !== undefined).length;
  if (asks > 1 || (asks === 0 && !field.endsWith('.readinessProbe'))) {
    throw refusal(
      object,
      field,
      `asks ${asks} questions: give it exactly one of httpGet, tcpSocket, exec and grpc.`,
    );
  }
  if (
    field.endsWith('.readinessProbe') &&
    periodSeconds === 0 &&
    (failureThreshold ?? timeoutSeconds ?? 0) > 0
  ) {
    throw refusal(
      object,
      `${field}.periodSeconds`,
      'is 0, so failureThreshold and timeoutSeconds must be left out.',
    );
  }
}
