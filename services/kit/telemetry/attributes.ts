import {type CloudEvent, identity} from '../cloudevent.ts';
import {declaredTypes} from '../contract.ts';
import type {Attributes} from './span.ts';

/**
 * The names of OpenTelemetry's semantic conventions 1.45: messaging spans and metrics, CloudEvents, HTTP. The
 * messaging and CloudEvents ones are in development there; `knative` is a name of ours, as the conventions have none.
 */
export type Operation = 'publish' | 'deliver' | 'receive';

/** `messaging.operation.type`. What is pushed to a consumer is `process`: `receive` is for those who ask for messages. */
const operationTypes = {publish: 'send', deliver: 'send', receive: 'process'};

/** What spans and metrics of one operation have in common; few values each. */
export function operationAttributes(operation: Operation, destination: string): Attributes {
  return {
    'messaging.system': 'knative',
    'messaging.operation.name': operation,
    'messaging.operation.type': operationTypes[operation],
    'messaging.destination.name': destination,
  };
}

/** What a span says of one event: who it is, never what is in it. */
export function eventAttributes(event: CloudEvent): Attributes {
  const {source, id, type} = identity(event);
  const {subject} = event.attributes;
  return {
    'messaging.message.id': id,
    'messaging.message.body.size': event.data?.length ?? 0,
    'cloudevents.event_id': id,
    'cloudevents.event_source': source,
    'cloudevents.event_type': type,
    'cloudevents.event_spec_version': String(event.attributes['specversion']),
    ...(subject === undefined ? {} : {'cloudevents.event_subject': String(subject)}),
  };
}

/**
 * The type of an event as an attribute of a metric, each value of which is a time series for ever: anybody may send
 * an event of any type, so those that no contract declares are one. A broker declares none, and tells none apart.
 */
export function countedType(event: CloudEvent): Attributes {
  if (declaredTypes.size === 0) return {};
  const {type} = identity(event);
  return {'cloudevents.event_type': declaredTypes.has(type) ? type : '_OTHER'};
}
