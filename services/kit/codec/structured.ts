import {isUtf8} from 'node:buffer';
import {type AttributeValue, type CloudEvent, identity, putAttribute} from '../cloudevent.ts';
import {messageOf, Reject} from '../errors.ts';
import {jsonMember} from './json-text.ts';
import {isJson} from './media-type.ts';

/**
 * One event out of a JSON document (CloudEvents JSON event format 1.0).
 *
 * @throws Reject when it is no JSON object, or a member can't be an attribute.
 */
export function parseStructured(body: Buffer): CloudEvent {
  const text = utf8(body);
  return toEvent(parseJson(text), (name) => jsonMember(text, name));
}

/** An event in the JSON format, as an object to be shown or sent along with others. */
export function structured(
  event: CloudEvent,
): {specversion: string; id: string; source: string; type: string} & Record<string, unknown> {
  const members: Record<string, unknown> = JSON.parse(formatStructured(event).toString('utf8'));
  return {...members, specversion: String(event.attributes['specversion']), ...identity(event)};
}

/**
 * The event as one JSON document; `data` of a JSON type is put in as it is, byte for byte. What would not come out
 * of it again as the same bytes goes in as `data_base64`.
 */
export function formatStructured(event: CloudEvent): Buffer {
  const {attributes, data} = event;
  const head = JSON.stringify(attributes);
  if (data === null) return Buffer.from(head);
  return Buffer.from(`${head.slice(0, -1)},${dataMember(attributes['datacontenttype'], data)}}`);
}

function dataMember(contentType: AttributeValue | undefined, data: Buffer): string {
  // `data` without a type would be JSON to whoever reads it.
  if (contentType !== undefined && isUtf8(data)) {
    const text = data.toString('utf8');
    if (!isJson(String(contentType))) return `"data":${JSON.stringify(text)}`;
    if (isBareJson(text)) return `"data":${text}`;
  }
  return `"data_base64":"${data.toString('base64')}"`;
}

function toEvent(document: unknown, memberText: (name: string) => string | undefined): CloudEvent {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new Reject('Expected a structured event to be one JSON object.');
  }
  const attributes: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(document)) {
    if (name === 'data' || name === 'data_base64' || value === null) continue;
    if (typeof value === 'object')
      throw new Reject(`Expected attribute \`${name}\` to be no object or array.`);
    putAttribute(attributes, name, value);
  }
  return {attributes, data: dataOf(document, attributes, memberText)};
}

function dataOf(
  document: object,
  attributes: Record<string, AttributeValue>,
  memberText: (name: string) => string | undefined,
): Buffer | null {
  const {data, data_base64: base64}: {data?: unknown; data_base64?: unknown} = document;
  if (base64 !== undefined && base64 !== null) return fromBase64(base64, data);
  if (data === undefined) return null;
  const {datacontenttype} = attributes;
  if (datacontenttype !== undefined && !isJson(String(datacontenttype)) && typeof data === 'string') {
    return Buffer.from(data, 'utf8');
  }
  // Without a type, data is JSON, and says so from here on: in binary mode nothing else would.
  attributes['datacontenttype'] ??= 'application/json';
  return Buffer.from(memberText('data') ?? 'null', 'utf8');
}

function fromBase64(base64: unknown, data: unknown): Buffer {
  if (data !== undefined) throw new Reject('Expected `data` or `data_base64`, got both.');
  if (typeof base64 !== 'string' || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) {
    throw new Reject('Expected `data_base64` to be a base64 string.');
  }
  return Buffer.from(base64, 'base64');
}

const decoder = new TextDecoder('utf-8', {fatal: true});

function utf8(body: Buffer): string {
  try {
    return decoder.decode(body);
  } catch {
    throw new Reject('Expected the body to be UTF-8.');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Reject(`Expected the body to be JSON: ${messageOf(error).slice(0, 200)}.`);
  }
}

/** Whether a text is JSON with no white space around it. */
function isBareJson(text: string): boolean {
  try {
    JSON.parse(text);
    return !/^\s|\s$/.test(text);
  } catch {
    return false;
  }
}
