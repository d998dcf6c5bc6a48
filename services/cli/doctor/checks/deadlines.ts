import {at, type JsonObject, listAt} from '#kit/json';
import {durationMs, type SeenTrigger} from '#manifests';
import {triggersOf} from '../eventing.ts';
import type {Check, Finding} from '../finding.ts';
import {nameOf, type Snapshot} from '../snapshot.ts';
import {onlyWakes, subscriberOf} from '../subscriber.ts';

/** Seconds. What Kafka's dispatchers wait for an answer where nobody says. */
const unsaidTimeout = 600;

export const deadlines: Check = {
  name: 'deadlines',
  about: 'How long one attempt at a delivery may take, against cold starts and the limit of the service',
  examine(snapshot) {
    const triggers = triggersOf(snapshot).filter((trigger) => !onlyWakes(trigger));
    const findings = triggers.flatMap((trigger) => ofTrigger(trigger, snapshot));
    if (findings.length > 0 || triggers.length === 0) return findings;
    return [{standing: 'ok', sentence: 'Every attempt at a delivery may take two cold starts.'}];
  },
};

function ofTrigger(trigger: SeenTrigger, snapshot: Snapshot): Finding[] {
  const service = subscriberOf(trigger, snapshot);
  if (service === undefined) return [];
  const timeout = secondsOf(trigger.delivery['timeout']) ?? unsaidTimeout;
  const limit = at(service, 'spec', 'template', 'spec', 'timeoutSeconds') ?? 300;
  const start = coldStartOf(service);
  const subject = `Trigger ${trigger.name}`;
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

/** Seconds that its probes leave a container to start, at least: a liveness probe may begin at any moment of a start. */
function coldStartOf(service: JsonObject): number {
  const [container] = listAt(service, 'spec', 'template', 'spec', 'containers');
  return at(container, 'startupProbe') === undefined
    ? leftBy(at(container, 'livenessProbe'), 1)
    : leftBy(at(container, 'startupProbe'), 0);
}

/** Seconds until a probe has missed so often that the container is ended; of `begun` of its periods it may see nothing. */
function leftBy(probe: unknown, begun: number): number {
  if (probe === undefined) return 0;
  const number = (name: string, unsaid: number) => {
    const value = at(probe, name);
    return typeof value === 'number' && value > 0 ? value : unsaid;
  };
  const periods = number('failureThreshold', 3) - begun;
  return number('initialDelaySeconds', 0) + number('periodSeconds', 10) * periods;
}

function secondsOf(duration: unknown): number | undefined {
  const milliseconds = typeof duration === 'string' ? durationMs(duration) : undefined;
  return milliseconds === undefined ? undefined : milliseconds / 1000;
}
