import {type JsonObject, textAt} from '#kit/json';
import {age} from '../../eventing/columns.ts';
import {readinessOf} from '../../eventing/condition.ts';
import {failedRevisionOf} from '../failed-revision.ts';
import {type Check, type Finding, skippedFor} from '../finding.ts';
import {deployedOf, keyOf, kinds, missingRight, nameOf, type Snapshot} from '../snapshot.ts';

const looked = [
  {kind: kinds.broker, title: 'Broker', plural: 'Brokers', resource: 'broker'},
  {kind: kinds.trigger, title: 'Trigger', plural: 'Triggers', resource: 'trigger'},
  {kind: kinds.service, title: 'Knative Service', plural: 'Knative Services', resource: 'ksvc'},
] as const;

/** How long something may take to become ready before that is a fault: an image may have to be pulled. Milliseconds. */
const patienceMs = 5 * 60_000;

export const readiness: Check = {
  name: 'ready',
  about: 'Whether Brokers, Triggers and Knative Services are ready, or since when and why not',
  examine(snapshot) {
    return looked.flatMap((one) => {
      const right = missingRight(snapshot, one.kind);
      if (right !== undefined) return [skippedFor(right)];
      const objects = deployedOf(snapshot, one.kind);
      const findings = objects.flatMap(
        (object) => orphaned(object, snapshot) ?? unready(object, one, snapshot),
      );
      const ready = objects.length - findings.length;
      if (objects.length === 0) {
        const sentence = `There are no ${one.plural} in namespace ${snapshot.namespace}.`;
        return [{standing: 'wrong' as const, sentence, next: 'kubectl apply -f config/knative -f triggers'}];
      }
      const noun = ready === 1 ? `${one.title} is` : `${one.plural} are`;
      return ready === 0
        ? findings
        : [...findings, {standing: 'ok' as const, sentence: `${ready} ${noun} ready.`}];
    });
  },
};

/** No controller looks at a Trigger whose Broker is not there, so that its conditions stay as they were. */
function orphaned(object: JsonObject, snapshot: Snapshot): Finding[] | undefined {
  const isTrigger = keyOf(object) === kinds.trigger;
  if (!isTrigger || missingRight(snapshot, kinds.broker) !== undefined) return undefined;
  const broker = textAt(object, 'spec', 'broker') ?? '';
  if (deployedOf(snapshot, kinds.broker).some((one) => nameOf(one) === broker)) return undefined;
  const subject = `Trigger ${nameOf(object)}`;
  const {context, namespace} = snapshot;
  return [
    {
      standing: 'wrong',
      subject,
      sentence: `${subject} hears nothing: there is no Broker ${broker} in namespace ${snapshot.namespace}.`,
      next: `Name a Broker of \`dip broker list --context ${context} --namespace ${namespace}\` in its spec.broker, or make that one.`,
    },
  ];
}

function unready(
  object: JsonObject,
  {title, resource}: {readonly title: string; readonly resource: string},
  snapshot: Snapshot,
): Finding[] {
  const {now, namespace} = snapshot;
  const {ready, condition, reason, message, since: said} = readinessOf(object);
  if (ready === true) return [];
  const since = said ?? textAt(object, 'metadata', 'creationTimestamp');
  const name = nameOf(object);
  const waitedMs = since === undefined ? 0 : now - Date.parse(since);
  const isLate = ready === false || waitedMs > patienceMs;
  const failed = failedRevisionOf(object, snapshot);
  const own = [condition, reason, message].filter((part) => part !== undefined && part !== '').join(', ');
  const why = failed === undefined ? own : `its Revision ${failed.name} says ${failed.why}`;
  const when = since === undefined ? '' : ` for ${age(since, now)}`;
  return [
    {
      standing: isLate ? 'wrong' : 'warn',
      subject: `${title} ${name}`,
      sentence: `${title} ${name} is not ready${when}: ${why === '' ? 'no controller has looked at it yet' : why}.`,
      next: `kubectl -n ${namespace} describe ${failed === undefined ? `${resource} ${name}` : `revision ${failed.name}`}`,
    },
  ];
}
