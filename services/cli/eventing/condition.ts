import {at, type JsonObject, listAt, textAt} from '#kit/json';

/** Whether an object of Knative works, as its controller says. */
export interface Readiness {
  /** Null: nobody has said yet, or it is only written in a file. */
  readonly ready: boolean | null;
  /** The condition that is not met, such as `DependencyReady`; absent where all are. */
  readonly condition?: string;
  /** One word, such as `BrokerDoesNotExist`. */
  readonly reason?: string;
  readonly message?: string;
  /** When it came to be so (RFC 3339). */
  readonly since?: string;
}

/** What an object's conditions come to; a status of an older generation says nothing of this one. */
export function readinessOf(object: JsonObject): Readiness {
  const conditions = listAt(object, 'status', 'conditions');
  const ready = conditions.find((condition) => textAt(condition, 'type') === 'Ready');
  const since = textAt(ready, 'lastTransitionTime');
  const when = since === undefined ? {} : {since};
  if (ready === undefined || isOutdated(object)) return {ready: null, ...when};
  const status = textAt(ready, 'status');
  if (status === 'True') return {ready: true, ...when};
  // `Ready` repeats what is wrong below it; the condition itself names the part.
  const cause =
    conditions.find((condition) => isCause(condition, status, textAt(ready, 'reason'))) ??
    conditions.find((condition) => isCause(condition, status)) ??
    ready;
  const said = {reason: textAt(cause, 'reason'), message: textAt(cause, 'message')};
  return {
    ready: status === 'False' ? false : null,
    condition: textAt(cause, 'type') ?? 'Ready',
    ...(said.reason === undefined ? {} : {reason: said.reason}),
    ...(said.message === undefined ? {} : {message: said.message}),
    ...when,
  };
}

function isCause(condition: unknown, status: string | undefined, reason?: string): boolean {
  if (textAt(condition, 'type') === 'Ready' || textAt(condition, 'status') !== status) return false;
  return reason === undefined
    ? textAt(condition, 'severity') !== 'Info'
    : textAt(condition, 'reason') === reason;
}

function isOutdated(object: JsonObject): boolean {
  const seen = at(object, 'status', 'observedGeneration');
  const now = at(object, 'metadata', 'generation');
  return typeof seen === 'number' && typeof now === 'number' && seen < now;
}
