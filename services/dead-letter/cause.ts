import {attribute, type CloudEvent} from '#kit';

/** Why an event was given up, as far as its broker says. */
export interface CauseOfDeath {
  /** The trigger that gave it up. */
  trigger: string | null;
  /** The service that would not take it. */
  service: string | null;
  /** The last HTTP status. */
  code: number | null;
  /** The address that would not take it. */
  destination: string | null;
  /** What it said, in its own words; where it said nothing, what is known of that. */
  message: string;
}

/**
 * Unwraps the cause from the attributes of whichever engine gave the event up.
 *
 * Over InMemoryChannel and in class Kafka `knativeerrordest` is the subscriber and `knativeerrordata` its answer.
 * Over KafkaChannel the failure is seen from outside of broker-filter: the destination is the filter's own address,
 * which names the trigger, and the data is a JSON that holds both, cut off at 1,024 bytes.
 */
export function causeOf(event: CloudEvent): CauseOfDeath {
  const destination = attribute(event, 'knativeerrordest') ?? null;
  const data = attribute(event, 'knativeerrordata');
  const text = data === undefined ? null : Buffer.from(data, 'base64').toString('utf8');
  const wrapped = text === null ? null : unwrap(text);
  const refusing = wrapped?.destination ?? destination;
  const trigger = triggerOf(destination);
  const code = codeOf(attribute(event, 'knativeerrorcode'));
  const isOfBroker = trigger !== null && wrapped === null;
  return {
    trigger,
    service: serviceOf(refusing),
    code,
    destination: refusing,
    message: readable(wrapped === null ? text : wrapped.message) ?? withoutReason(code, isOfBroker),
  };
}

/**
 * What to say where no engine gives a reason. A time-out, a connection that breaks and a reply that is no event, or that
 * nobody would take, then look the same.
 *
 * @param isOfBroker the status is the Broker's own, which it has where a subscriber answered and the reply was no good.
 */
function withoutReason(code: number | null, isOfBroker: boolean): string {
  if (code === null)
    return 'Nobody answered in time, or the reply could not be handed over: the broker gave no reason.';
  const what =
    isOfBroker && code >= 400 ? 'The reply was no event, or could not be handed over' : 'It was refused';
  return `${what} (${code}): the broker gave no reason.`;
}

/** What the filter says of the subscriber. The JSON may be broken off: what is there is read. */
function unwrap(text: string): {destination: string | null; message: string | null} | null {
  const destination = /"errdestination":"((?:[^"\\]|\\.)*)/.exec(text)?.[1];
  const body = /"errresponsebody":"([A-Za-z0-9+/]*)/.exec(text)?.[1];
  if (destination === undefined && body === undefined) return null;
  // Cut off within a character, its first bytes are no text.
  const message =
    body === undefined
      ? null
      : Buffer.from(body, 'base64')
          .toString('utf8')
          .replace(/\uFFFD$/, '');
  return {destination: destination ?? null, message};
}

/** A service of DIP answers `{"error": "<sentence>"}`, which may be broken off; anything else is shown as it is. */
function readable(message: string | null): string | null {
  if (message === null || message.trim() === '') return null;
  const answer =
    /^\s*\{"error":"((?:[^"\\]|\\u[0-9a-f]{4}|\\[^u])*)(?:("\s*(?:\}\s*)?)|\\?(?:u[0-9a-f]{0,3})?)$/i;
  const [, sentence, end] = answer.exec(message) ?? [];
  if (sentence === undefined) return message.trim();
  const parsed: unknown = JSON.parse(`"${sentence}"`);
  return `${parsed}${end === undefined ? '…' : ''}`;
}

/** Broker-filter is called at `/triggers/<namespace>/<trigger>/<uid>`. */
function triggerOf(destination: string | null): string | null {
  const trigger = /\/triggers\/[^/]+\/([^/?]+)/.exec(destination ?? '')?.[1];
  return trigger !== undefined && isName.test(trigger) ? trigger : null;
}

const isName = /^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/;

/** A service is called at `<service>.<namespace>.svc.…`; Knative's own parts, such as a Broker's ingress, are none. */
function serviceOf(destination: string | null): string | null {
  const [service = '', namespace, svc] = URL.parse(destination ?? '')?.hostname.split('.') ?? [];
  if (svc !== 'svc' || namespace === 'knative-eventing' || service.endsWith('-kn-channel')) return null;
  return isName.test(service) ? service : null;
}

function codeOf(text: string | undefined): number | null {
  const code = Number(text);
  return Number.isInteger(code) && code >= 100 && code <= 599 ? code : null;
}
