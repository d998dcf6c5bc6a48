import {attribute, type CloudEvent, checkEvent} from './cloudevent.ts';
import type {Draft} from './contract.ts';
import {deriveEventId} from './derive.ts';
import {messageOf} from './errors.ts';

/** Where and when a draft becomes an event. */
export interface Origin {
  /** The service's name; the event's source is `/services/<name>`. */
  service: string;
  id: string;
  /** (Default: the event says none) */
  time: Date | undefined;
  /** The event that led to this one. */
  cause?: CloudEvent;
  /** The id that ties a whole flow together. (Default: the cause's, or the event's own) */
  correlationId?: string | undefined;
  /** The trace that the event begins in. (Default: the cause's) */
  traceparent?: string | undefined;
  tracestate?: string | undefined;
}

/** The event that follows from a cause: its id is derived, so the same cause always has the same reply. */
export function replyTo(
  cause: CloudEvent,
  draft: Draft,
  origin: {service: string; time: Date | undefined; part?: string | number | undefined},
): CloudEvent {
  const id = deriveEventId(cause, draft.contract.type, origin.part);
  return toEvent(draft, {service: origin.service, id, time: origin.time, cause});
}

/**
 * Makes an event of a draft, with all that DIP's events carry: `causationid`, `correlationid`, the origin's
 * `traceparent`, `dataschema`, and its document as `subject` and `partitionkey`.
 *
 * @throws TypeError when the data breaks the contract, or an attribute CloudEvents 1.0: a bug of the service, which
 * must not reach others.
 */
export function toEvent(draft: Draft, origin: Origin): CloudEvent {
  const {contract, data} = draft;
  const faults = contract.faults(data);
  if (faults.length > 0)
    throw new TypeError(`A ${contract.type} would break its contract: ${faults.slice(0, 3).join('; ')}.`);
  const {cause} = origin;
  const inherited = (name: string) => (cause === undefined ? undefined : attribute(cause, name));
  const subject = documentIdOf(data) ?? inherited('subject');
  const attributes = {
    specversion: '1.0',
    id: origin.id,
    source: `/services/${origin.service}`,
    type: contract.type,
    time: origin.time?.toISOString(),
    datacontenttype: 'application/json',
    dataschema: contract.dataschema,
    subject,
    partitionkey: subject,
    causationid: inherited('id'),
    correlationid: origin.correlationId ?? inherited('correlationid') ?? inherited('id') ?? origin.id,
    traceparent: origin.traceparent ?? inherited('traceparent'),
    tracestate: origin.traceparent === undefined ? inherited('tracestate') : origin.tracestate,
    replayid: inherited('replayid'),
  };
  return checked({attributes: withoutUndefined(attributes), data: Buffer.from(JSON.stringify(data))});
}

function checked(event: CloudEvent): CloudEvent {
  try {
    checkEvent(event);
    return event;
  } catch (error) {
    throw new TypeError(`A ${attribute(event, 'type')} would be no CloudEvent: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function documentIdOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('documentId' in data)) return undefined;
  return typeof data.documentId === 'string' ? data.documentId : undefined;
}

function withoutUndefined(attributes: Record<string, string | undefined>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) kept[name] = value;
  return kept;
}
