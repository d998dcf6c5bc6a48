import type {IncomingHttpHeaders} from 'node:http';
import {type AttributeValue, type CloudEvent, checkEvent, putAttribute} from '../cloudevent.ts';
import {Reject} from '../errors.ts';
import {mediaTypeOf} from './media-type.ts';
import {percentDecode, percentEncode} from './percent.ts';
import {formatStructured, parseStructured} from './structured.ts';

/** How an event lies in an HTTP message (CloudEvents HTTP binding 1.0 §3). */
export type ContentMode = 'binary' | 'structured' | 'batch';

/** The mode of a message; undefined when it holds no event. The media type wins over `ce-` headers. */
export function contentMode(headers: IncomingHttpHeaders): ContentMode | undefined {
  const mediaType = mediaTypeOf(headers['content-type']);
  if (mediaType === 'application/cloudevents+json') return 'structured';
  if (mediaType === 'application/cloudevents-batch+json') return 'batch';
  return headers['ce-specversion'] === undefined ? undefined : 'binary';
}

/**
 * The one event of an HTTP message, checked.
 *
 * @throws Reject when there is none, more than one, or an attribute is wrong.
 */
export function decode(headers: IncomingHttpHeaders, body: Buffer): CloudEvent {
  const mode = contentMode(headers);
  if (mode === 'batch') throw new Reject('Expected one event, got a batch: send each event by itself.');
  if (mode === undefined) throw new Reject(noEvent(headers));
  const event = mode === 'binary' ? readBinary(headers, body) : parseStructured(body);
  checkEvent(event);
  return event;
}

export interface HttpMessage {
  headers: Record<string, string>;
  body: Buffer;
}

/** The event in binary mode: data as the body, attributes as headers. */
export function encodeBinary(event: CloudEvent): HttpMessage {
  const headers: Record<string, string> = {};
  for (const name in event.attributes) {
    const value = String(event.attributes[name]);
    if (name === 'datacontenttype') headers['content-type'] = value;
    else headers[`ce-${name}`] = percentEncode(value);
  }
  const body = event.data ?? Buffer.alloc(0);
  headers['content-length'] = String(body.length);
  return {headers, body};
}

/** The event in structured mode: one JSON document. */
export function encodeStructured(event: CloudEvent): HttpMessage {
  const body = formatStructured(event);
  return {
    headers: {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'content-length': String(body.length),
    },
    body,
  };
}

function readBinary(headers: IncomingHttpHeaders, body: Buffer): CloudEvent {
  const attributes: Record<string, AttributeValue> = {};
  for (const header in headers) {
    if (header.charCodeAt(0) !== 99 || !header.startsWith('ce-')) continue;
    const name = header.slice(3);
    if (name === 'datacontenttype') {
      throw new Reject('Header `ce-datacontenttype` is not allowed: the type of data is `content-type`.');
    }
    const value = headers[header];
    if (value !== undefined) putAttribute(attributes, name, percentDecode(String(value), name));
  }
  if (attributes['time'] === '') delete attributes['time'];
  const contentType = headers['content-type'];
  if (contentType !== undefined && contentType !== '') attributes['datacontenttype'] = contentType;
  return {attributes, data: body.length === 0 && contentType === undefined ? null : body};
}

function noEvent(headers: IncomingHttpHeaders): string {
  const got = headers['content-type'] === undefined ? 'neither' : `content type ${headers['content-type']}`;
  return `Expected a CloudEvent: \`ce-\` headers with \`ce-specversion\`, or content type application/cloudevents+json; got ${got.slice(0, 120)}.`;
}
