import {at, type JsonObject, listAt, textAt} from '#kit/json';
import {deliveryOf} from '../../eventing/delivery.ts';
import type {Check, Finding} from '../finding.ts';
import {deployedOf, kinds, nameOf, type Snapshot} from '../snapshot.ts';
import {subscriberOf} from '../subscriber.ts';

/** Seconds. What Kafka's dispatchers wait for an answer where nobody says. */
const unsaidTimeout = 600;

export const deadlines: Check = {
  name: 'deadlines',
  about: 'How long one attempt at a delivery may take, against cold starts and the limit of the service',
  examine(snapshot) {
    const findings = deployedOf(snapshot, kinds.trigger).flatMap((trigger) => ofTrigger(trigger, snapshot));
    if (findings.length > 0 || deployedOf(snapshot, kinds.trigger).length === 0) return findings;
    return [{standing: 'ok', sentence: 'Every attempt at a delivery may take two cold starts.'}];
  },
};

function ofTrigger(trigger: JsonObject, snapshot: Snapshot): Finding[] {
  const service = subscriberOf(trigger, snapshot);
  if (service === undefined) return [];
  const broker = deployedOf(snapshot, kinds.broker).find(
    (one) => nameOf(one) === textAt(trigger, 'spec', 'broker'),
  );
  const timeout = secondsOf(deliveryOf(trigger, broker).timeout) ?? unsaidTimeout;
  const limit = at(service, 'spec', 'template', 'spec', 'timeoutSeconds') ?? 300;
  const start = coldStartOf(service);
  const subject = `Trigger ${nameOf(trigger)}`;
  const attempt = `An attempt of ${subject} may take ${timeout} s`;
  if (timeout < start) {
    const sentence = `${attempt}, a cold start of ${nameOf(service)} ${start} s: an event may use up its retries before it is seen.`;
    return [
      {standing: 'wrong', subject, sentence, next: `Raise delivery.timeout to PT${2 * start}S or more.`},
    ];
  }
  if (timeout < 2 * start) {
    const sentence = `${attempt}, two cold starts of ${nameOf(service)} ${2 * start} s: a pod that fails once costs an attempt.`;
    return [
      {standing: 'warn', subject, sentence, next: `Raise delivery.timeout to PT${2 * start}S or more.`},
    ];
  }
  if (typeof limit === 'number' && limit < timeout) {
    const sentence = `${attempt}, but ${nameOf(service)} is cut off after ${limit} s.`;
    return [
      {
        standing: 'warn',
        subject,
        sentence,
        next: `Raise timeoutSeconds of ${nameOf(service)} to ${timeout}.`,
      },
    ];
  }
  return [];
}

/** Seconds that the startup probe, or else the readiness probe's own deadline, leaves a container to start. */
function coldStartOf(service: JsonObject): number {
  const [container] = listAt(service, 'spec', 'template', 'spec', 'containers');
  const probe = at(container, 'startupProbe');
  if (probe === undefined) return 0;
  const number = (name: string, unsaid: number) => {
    const value = at(probe, name);
    return typeof value === 'number' && value > 0 ? value : unsaid;
  };
  return number('initialDelaySeconds', 0) + number('periodSeconds', 10) * number('failureThreshold', 3);
}

/** Seconds of an ISO 8601 duration as manifests have it: `PT1M30S`. */
function secondsOf(text: string | null): number | undefined {
  const [, hours, minutes, seconds] =
    /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(text ?? '') ?? [];
  if (hours === undefined && minutes === undefined && seconds === undefined) return undefined;
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}
