import {at, isObject, type JsonObject, listAt, textAt} from '#kit/json';
import {readinessOf} from '../eventing/condition.ts';
import {oneLine} from '../output/cell.ts';
import {deployedOf, kinds, nameOf, type Snapshot} from './snapshot.ts';

/** The newest Revision of a Knative Service that failed, and why. */
export interface FailedRevision {
  readonly name: string;
  /** Such as `ContainerHealthy, ExitCode78, archive: Expected DATABASE_URL …`. */
  readonly why: string;
}

/**
 * Why the newest Revision of a Service failed: the Service's own condition says little more than that it did. Where
 * the Revision itself can't say, such as of an initial scale that was never reached, its pods may.
 */
export function failedRevisionOf(service: JsonObject, snapshot: Snapshot): FailedRevision | undefined {
  const name = textAt(service, 'status', 'latestCreatedRevisionName');
  const revision = deployedOf(snapshot, kinds.revision).find((one) => nameOf(one) === name);
  if (name === undefined || revision === undefined) return undefined;
  const {ready, condition, reason, message} = readinessOf(revision);
  if (ready === true) return undefined;
  const said = lastWords(message?.replace(/^Container failed with: /, ''));
  const seen =
    said !== undefined && reason?.startsWith('ExitCode') === true ? undefined : podsWord(name, snapshot);
  const why = [condition, reason, said, seen].filter((part) => part !== undefined);
  return why.length === 0 ? undefined : {name, why: why.join(', ')};
}

/** What the first container of a Revision that ended or can't begin says: `app: ExitCode78, archive: Expected …`. */
function podsWord(revision: string, snapshot: Snapshot): string | undefined {
  const pods = deployedOf(snapshot, kinds.pod).filter((pod) => revisionOf(pod) === revision);
  for (const status of pods.flatMap((pod) => listAt(pod, 'status', 'containerStatuses'))) {
    const ended = at(status, 'lastState', 'terminated') ?? at(status, 'state', 'terminated');
    const said = isObject(ended) ? endOf(ended) : waitingOf(at(status, 'state', 'waiting'));
    if (said !== undefined) return `container ${textAt(status, 'name')}: ${said}`;
  }
  return undefined;
}

function revisionOf(pod: JsonObject): string | undefined {
  return textAt(pod, 'metadata', 'labels', 'serving.knative.dev/revision');
}

/** Knative asks for the end of the log where a container leaves no message. */
function endOf(ended: JsonObject): string | undefined {
  const code = ended['exitCode'];
  if (code === 0) return undefined;
  return [`ExitCode${code}`, lastWords(textAt(ended, 'message'))]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** Every pod that is made waits for a while: that says nothing. */
function waitingOf(waiting: unknown): string | undefined {
  const reason = textAt(waiting, 'reason');
  if (reason === undefined || reason === 'ContainerCreating' || reason === 'PodInitializing')
    return undefined;
  return [reason, lastWords(textAt(waiting, 'message'))].filter((part) => part !== undefined).join(', ');
}

/** Of a log up to 2048 bytes are kept; why a process ends is its last line. */
function lastWords(text: string | undefined): string | undefined {
  const line = text?.trim().split(/\r?\n/).at(-1);
  if (line === undefined || line === '' || line === '.') return undefined;
  return oneLine(line).replace(/\.$/, '').slice(0, longest);
}

/** Characters: a sentence, and no more of what may be a whole stack. */
const longest = 400;
