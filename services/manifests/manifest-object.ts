import Type, {type Static} from 'typebox';

/** One object of the YAML, named and known by its kind; the rest of it is not believed to have any shape yet. */
export interface ManifestObject {
  readonly file: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** As written, without what is null: to Kubernetes that is absent. */
  readonly value: Readonly<Record<string, unknown>>;
}

const texts = Type.Record(Type.String(), Type.String());

/** The metadata that a person writes, and what the API server adds when an object is read back from it. */
export const Metadata = Type.Object(
  {
    name: Type.String(),
    namespace: Type.Optional(Type.String()),
    labels: Type.Optional(texts),
    annotations: Type.Optional(texts),
    creationTimestamp: Type.Optional(Type.Unknown()),
    deletionGracePeriodSeconds: Type.Optional(Type.Unknown()),
    deletionTimestamp: Type.Optional(Type.Unknown()),
    finalizers: Type.Optional(Type.Unknown()),
    generation: Type.Optional(Type.Unknown()),
    managedFields: Type.Optional(Type.Unknown()),
    ownerReferences: Type.Optional(Type.Unknown()),
    resourceVersion: Type.Optional(Type.Unknown()),
    selfLink: Type.Optional(Type.Unknown()),
    uid: Type.Optional(Type.Unknown()),
  },
  {additionalProperties: false},
);
export type Metadata = Static<typeof Metadata>;

/** `Trigger dip/received-to-ingestion`. */
export function titleOf({
  kind,
  namespace,
  name,
}: Pick<ManifestObject, 'kind' | 'namespace' | 'name'>): string {
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** The refusal of an object: its file, its name, the field, and in `problem` the value and what to do. */
export function refusal(object: ManifestObject, field: string, problem: string): Error {
  return new Error(`${object.file}: ${titleOf(object)}: ${field} ${problem}`);
}

/** A remark about an object that is taken all the same. */
export function remark(object: ManifestObject, sentence: string): string {
  return `${object.file}: ${titleOf(object)}: ${sentence}`;
}
