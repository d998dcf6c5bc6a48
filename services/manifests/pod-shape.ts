/** The fields of a Knative Service that Knative Serving takes without further features (`serving:fieldmask.go`). */
import Type from 'typebox';
import {Metadata} from './manifest-object.ts';

const closed = {additionalProperties: false} as const;
const text = Type.Optional(Type.String());
const whole = Type.Optional(Type.Integer({minimum: 0, maximum: 2 ** 31 - 1}));
const quantity = '^[+-]?[0-9.]+[eEinumkKMGTP]*[-+]?[0-9]*$';
const truth = Type.Optional(Type.Boolean());
const texts = Type.Optional(Type.Array(Type.String()));
const quantities = Type.Optional(
  Type.Record(Type.String(), Type.Union([Type.String({pattern: quantity}), Type.Number()])),
);
const port = Type.Optional(Type.Union([Type.Integer(), Type.String()]));

const KeyReference = Type.Object({name: text, key: Type.String(), optional: truth}, closed);

const EnvironmentVariable = Type.Object(
  {
    name: Type.String({minLength: 1}),
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
    capabilities: Type.Optional(
      Type.Object({add: Type.Optional(Type.Array(Type.Enum(['NET_BIND_SERVICE']))), drop: texts}, closed),
    ),
    privileged: Type.Optional(Type.Literal(false)),
    readOnlyRootFilesystem: truth,
    runAsGroup: whole,
    runAsNonRoot: truth,
    runAsUser: whole,
    seccompProfile: Type.Optional(Type.Object({type: text, localhostProfile: text}, closed)),
  },
  closed,
);

/** Something with a name; what else is in a volume or a mount a cluster judges. */
const Named = Type.Object({name: Type.String()});

const MayBeMissing = Type.Optional(Type.Object({optional: truth}));

const Volume = Type.Object({
  ...Named.properties,
  emptyDir: Type.Optional(Type.Unknown()),
  secret: MayBeMissing,
  configMap: MayBeMissing,
});

const Port = Type.Object(
  {
    name: Type.Optional(Type.Enum(['', 'h2c', 'http1'])),
    containerPort: Type.Optional(Type.Integer({minimum: 0, maximum: 65_535})),
    protocol: Type.Optional(Type.Enum(['TCP'])),
  },
  closed,
);

const Container = Type.Object(
  {
    name: text,
    image: Type.String({minLength: 1}),
    imagePullPolicy: text,
    command: texts,
    args: texts,
    workingDir: text,
    ports: Type.Optional(Type.Array(Port, {maxItems: 1})),
    env: Type.Optional(Type.Array(EnvironmentVariable)),
    envFrom: Type.Optional(Type.Array(Type.Unknown())),
    resources: Type.Optional(Type.Object({limits: quantities, requests: quantities}, closed)),
    volumeMounts: Type.Optional(Type.Array(Named)),
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
    volumes: Type.Optional(Type.Array(Volume)),
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
        traffic: Type.Optional(Type.Array(Type.Object({percent: whole}))),
      },
      closed,
    ),
    status: Type.Optional(Type.Unknown()),
  },
  closed,
);
