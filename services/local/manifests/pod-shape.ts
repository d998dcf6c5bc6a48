/** The fields of a Knative Service that Knative Serving takes without further features (`serving:fieldmask.go`). */
import Type from 'typebox';
import {Metadata} from './manifest-object.ts';

const closed = {additionalProperties: false} as const;
const text = Type.Optional(Type.String());
const whole = Type.Optional(Type.Integer());
const truth = Type.Optional(Type.Boolean());
const texts = Type.Optional(Type.Array(Type.String()));
const quantities = Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])));
const port = Type.Optional(Type.Union([Type.Integer(), Type.String()]));

const KeyReference = Type.Object({name: text, key: Type.String(), optional: truth}, closed);

const EnvironmentVariable = Type.Object(
  {
    name: Type.String(),
    value: text,
    valueFrom: Type.Optional(
      Type.Object(
        {secretKeyRef: Type.Optional(KeyReference), configMapKeyRef: Type.Optional(KeyReference)},
        closed,
      ),
    ),
  },
  closed,
);

const Probe = Type.Object(
  {
    httpGet: Type.Optional(
      Type.Object(
        {path: text, port, host: text, scheme: text, httpHeaders: Type.Optional(Type.Unknown())},
        closed,
      ),
    ),
    tcpSocket: Type.Optional(Type.Object({port, host: text}, closed)),
    exec: Type.Optional(Type.Object({command: texts}, closed)),
    grpc: Type.Optional(Type.Object({port: whole, service: text}, closed)),
    initialDelaySeconds: whole,
    timeoutSeconds: whole,
    periodSeconds: whole,
    successThreshold: whole,
    failureThreshold: whole,
    terminationGracePeriodSeconds: whole,
  },
  closed,
);

const SecurityContext = Type.Object(
  {
    allowPrivilegeEscalation: truth,
    capabilities: Type.Optional(Type.Object({add: texts, drop: texts}, closed)),
    privileged: truth,
    readOnlyRootFilesystem: truth,
    runAsGroup: whole,
    runAsNonRoot: truth,
    runAsUser: whole,
    seccompProfile: Type.Optional(Type.Object({type: text, localhostProfile: text}, closed)),
  },
  closed,
);

const Container = Type.Object(
  {
    name: text,
    image: Type.String(),
    imagePullPolicy: text,
    command: texts,
    args: texts,
    workingDir: text,
    ports: Type.Optional(Type.Array(Type.Object({name: text, containerPort: whole, protocol: text}, closed))),
    env: Type.Optional(Type.Array(EnvironmentVariable)),
    envFrom: Type.Optional(Type.Array(Type.Unknown())),
    resources: Type.Optional(Type.Object({limits: quantities, requests: quantities}, closed)),
    // What is inside a volume is another language; a cluster judges it.
    volumeMounts: Type.Optional(Type.Array(Type.Unknown())),
    livenessProbe: Type.Optional(Probe),
    readinessProbe: Type.Optional(Probe),
    startupProbe: Type.Optional(Probe),
    securityContext: Type.Optional(SecurityContext),
    terminationMessagePath: text,
    terminationMessagePolicy: text,
  },
  closed,
);

const RevisionSpec = Type.Object(
  {
    containerConcurrency: Type.Optional(Type.Integer({minimum: 0, maximum: 1000})),
    timeoutSeconds: Type.Optional(Type.Integer({minimum: 0, maximum: 600})),
    responseStartTimeoutSeconds: whole,
    idleTimeoutSeconds: whole,
    serviceAccountName: text,
    automountServiceAccountToken: Type.Optional(Type.Literal(false)),
    enableServiceLinks: truth,
    imagePullSecrets: Type.Optional(Type.Array(Type.Unknown())),
    containers: Type.Array(Container, {minItems: 1}),
    volumes: Type.Optional(Type.Array(Type.Unknown())),
  },
  closed,
);

const {name: _, ...annotated} = Metadata.properties;

/** A Knative Service. */
export const ServiceShape = Type.Object(
  {
    apiVersion: Type.Literal('serving.knative.dev/v1'),
    kind: Type.Literal('Service'),
    metadata: Metadata,
    spec: Type.Object(
      {
        template: Type.Object(
          {metadata: Type.Optional(Type.Object({...annotated, name: text}, closed)), spec: RevisionSpec},
          closed,
        ),
        traffic: Type.Optional(Type.Array(Type.Unknown())),
      },
      closed,
    ),
    status: Type.Optional(Type.Unknown()),
  },
  closed,
);
