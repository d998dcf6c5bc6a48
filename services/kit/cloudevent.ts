import {Reject} from './errors.ts';

/** A CloudEvents attribute: String, URI and Timestamp as their text; Integer and Boolean where JSON said so. */
export type AttributeValue = string | number | boolean;

/**
 * A CloudEvent as it travels: attributes under their own names, `specversion`, `id`, `source` and `type` always
 * among them, and the data as the bytes it came in. Nothing is added, rounded or rewritten.
 */
export interface CloudEvent {
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** Null: no data, which is not the same as empty data. */
  readonly data: Buffer | null;
}

/** An attribute as text, in the canonical form of CloudEvents 1.0 §3.1; undefined when the event has none. */
export function attribute(event: CloudEvent, name: string): string | undefined {
  // `constructor` is a valid name, and every object has one.
  const value = Object.hasOwn(event.attributes, name) ? event.attributes[name] : undefined;
  return value === undefined ? undefined : String(value);
}

/** What makes an event this event: no two different events have the same (CloudEvents 1.0 §3.1.1). */
export function identity(event: CloudEvent): {source: string; id: string; type: string} {
  const {source, id, type} = event.attributes;
  return {source: String(source), id: String(id), type: String(type)};
}

/**
 * Checks an event against CloudEvents 1.0 §3.1, as strictly as Knative's ingress does and for control
 * characters more strictly: Knative answers 500 to them or loses the event.
 *
 * @throws Reject with the attribute and its value.
 */
export function checkEvent(event: CloudEvent): void {
  const {attributes} = event;
  const {specversion} = attributes;
  if (specversion !== '1.0' && specversion !== '0.3') {
    throw new Reject(`Expected \`specversion\` 1.0, got ${quote(specversion)}.`);
  }
  for (const name of ['id', 'source', 'type']) {
    const value = attributes[name];
    if (typeof value !== 'string' || value.trim() === '') {
      throw new Reject(`Expected \`${name}\` to be a non-empty string, got ${quote(value)}.`);
    }
  }
  for (const name in attributes) checkAttribute(name, attributes[name]);
}

function checkAttribute(name: string, value: AttributeValue | undefined): void {
  if (!isAttributeName(name)) {
    throw new Reject(`Expected an attribute name of lower-case letters and digits, got ${quote(name)}.`);
  }
  if (typeof value === 'string' && !isPlainText(value)) {
    throw new Reject(`Attribute \`${name}\` holds a control character or half a character: ${quote(value)}.`);
  }
  if (typeof value === 'number' && (value | 0) !== value) {
    throw new Reject(`Expected integer attribute \`${name}\` within 32 bits, got ${value}.`);
  }
  if (name === 'subject' && (typeof value !== 'string' || value === '')) {
    throw new Reject(`Expected \`subject\` to be left out or a non-empty string, got ${quote(value)}.`);
  }
  if (name === 'time' && !isTimestamp(value)) {
    throw new Reject(`Expected \`time\` as RFC 3339 such as 2026-01-31T09:00:00Z, got ${quote(value)}.`);
  }
  if (name === 'dataschema' && !isAbsoluteUri(value)) {
    throw new Reject(`Expected \`dataschema\` to be an absolute URI, got ${quote(value)}.`);
  }
  if (name === 'datacontenttype' && !isMediaType(value)) {
    throw new Reject(`Expected \`datacontenttype\` to be a media type, got ${quote(value)}.`);
  }
}

const quote = (value: unknown): string => JSON.stringify(value)?.slice(0, 120) ?? 'nothing';

function isAttributeName(name: string): boolean {
  if (name === '' || name === 'data') return false;
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    if (!((code >= 97 && code <= 122) || (code >= 48 && code <= 57))) return false;
  }
  return true;
}

/** No control characters, noncharacters and lone surrogates; a loop, as this runs for each attribute of each event. */
function isPlainText(value: string): boolean {
  let isAstral = false;
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index);
    if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return false;
    if (code >= 0xd800) isAstral = true;
  }
  return !isAstral || (value.isWellFormed() && !noncharacter.test(value));
}

const noncharacter = /\p{Noncharacter_Code_Point}/u;

const timestamp =
  /^\d{4}-(\d{2})-(\d{2})[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

function isTimestamp(value: AttributeValue | undefined): boolean {
  if (typeof value !== 'string' || !timestamp.test(value)) return false;
  // `Date` takes 30 February for 2 March.
  const day = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  return day.getUTCDate() === Number(value.slice(8, 10));
}

function isAbsoluteUri(value: AttributeValue | undefined): boolean {
  return typeof value === 'string' && /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$/.test(value);
}

/** Printable ASCII to its end, as it becomes a header. */
const mediaType = /^[!#$%&'*+.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+\s*(;[ -~]*)?$/;

function isMediaType(value: AttributeValue | undefined): boolean {
  return typeof value === 'string' && mediaType.test(value);
}

/**
 * Puts an attribute down. Its name is checked by `checkEvent`, but for the one that no plain object can hold.
 *
 * @throws Reject for `__proto__`.
 */
export function putAttribute(
  attributes: Record<string, AttributeValue>,
  name: string,
  value: AttributeValue,
): void {
  if (name === '__proto__') checkAttribute(name, value);
  attributes[name] = value;
}
