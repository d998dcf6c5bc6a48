import {type EventTokens, isAmong, messageOf} from '#kit';
import {type JsonObject, listAt, textAt} from '#kit/json';
import {readConfig} from '#kit/wire';
import type {SeenTrigger} from '#manifests';
import {triggersOf} from '../eventing.ts';
import type {Check, Finding} from '../finding.ts';
import {nameOf, type Snapshot} from '../snapshot.ts';
import {onlyWakes, subscriberOf} from '../subscriber.ts';

/** A Trigger with the Service that it brings events. */
interface Hearing {
  readonly trigger: SeenTrigger;
  readonly service: JsonObject;
}

export const senders: Check = {
  name: 'senders',
  about: 'Whose events services take: anybody’s, or those that come with the token of a Trigger',
  examine(snapshot) {
    const hearings = hearingsIn(snapshot);
    const findings = [...ofOpen(hearings), ...hearings.flatMap((hearing) => ofAsking(hearing))];
    if (findings.length > 0 || hearings.length === 0) return findings;
    return [{standing: 'ok', sentence: 'Services take events with the token of a Trigger alone.'}];
  },
};

/** Who hears events, and from where; what only wakes a Service brings it none. */
function hearingsIn(snapshot: Snapshot): Hearing[] {
  return triggersOf(snapshot).flatMap((trigger) => {
    const service = subscriberOf(trigger, snapshot);
    return service === undefined || onlyWakes(trigger) ? [] : [{trigger, service}];
  });
}

function ofOpen(hearings: readonly Hearing[]): Finding[] {
  const names = hearings.flatMap(({service}) => (isOpen(service) ? [nameOf(service)] : []));
  if (names.length === 0) return [];
  const list = [...new Set(names)].toSorted().join(', ');
  return [
    {
      standing: 'warn',
      sentence: `Every pod of the cluster may hand events to ${list}: they take them from anybody.`,
      next: 'Let them ask for a token: docs/cluster.md, "Whose events are taken".',
    },
  ];
}

/** What would keep a Service that asks for tokens from taking what a Trigger brings. */
function ofAsking({trigger, service}: Hearing): Finding[] {
  if (isOpen(service)) return [];
  const name = nameOf(service);
  const subject = `Trigger ${trigger.name}`;
  try {
    const {eventTokens} = readConfig(environmentOf(service));
    const fault = eventTokens && faultOf(trigger, eventTokens);
    if (fault === undefined) return [];
    const sentence = `${name} puts off all that ${subject} brings: ${fault.what}.`;
    return [{standing: 'wrong', subject, sentence, next: fault.next}];
  } catch (error) {
    const sentence = `${name} will not start: ${messageOf(error)}`;
    return [
      {standing: 'wrong', subject: `Knative Service ${name}`, sentence, next: 'Correct its environment.'},
    ];
  }
}

/** Why the token of a Trigger, as Knative says that it is, is not one of those that are asked for. */
function faultOf(
  {object, name, namespace}: SeenTrigger,
  {audience, from}: EventTokens,
): {what: string; next: string} | undefined {
  const account = textAt(object, 'status', 'auth', 'serviceAccountName');
  if (account === undefined)
    return {
      what: 'it comes without a token',
      next: `kubectl -n knative-eventing patch configmap config-features --type merge -p '{"data":{"authentication-oidc":"enabled"}}'`,
    };
  const given = textAt(object, 'status', 'subscriberAudience');
  if (given !== audience)
    return {
      what: `its token is for ${given ?? 'nobody'}, not for ${audience}`,
      next: `Set spec.subscriber.audience of Trigger ${name} to ${audience}.`,
    };
  const subject = `system:serviceaccount:${namespace}:${account}`;
  if (isAmong(from, subject)) return undefined;
  return {what: `its token is of ${subject}`, next: 'Name that in DIP_EVENTS_FROM of the service.'};
}

function isOpen(service: JsonObject): boolean {
  return Object.keys(environmentOf(service)).length === 0;
}

/** What a Service is told of tokens. */
function environmentOf(service: JsonObject): Record<string, string> {
  const variables = listAt(service, 'spec', 'template', 'spec', 'containers').flatMap((container) =>
    listAt(container, 'env'),
  );
  const said = variables.flatMap((variable) => {
    const [name, value] = [textAt(variable, 'name') ?? '', textAt(variable, 'value') ?? ''];
    return /^DIP_EVENTS_(AUDIENCE|FROM)$/.test(name) && value !== '' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(said);
}
