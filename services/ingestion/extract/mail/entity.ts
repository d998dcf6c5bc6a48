import {Inflated} from '../archive/inflated.ts';
import {limits} from '../limits.ts';
import {Unreadable} from '../unreadable.ts';
import {fieldOctets} from './encoded-word.ts';
import {firstOf, type Head, readHead, startOfMail} from './head.ts';
import {boundaryWithin, partsOf} from './multipart.ts';
import {type Parameter, parameterOf, type Structured, structured} from './parameters.ts';
import {type Encoding, encodingOf, unpackedBytes} from './transfer.ts';

/** A mail or a part of one: a header, and a body or further parts (RFC 2045 section 2.4). */
export interface Entity {
  readonly head: Head;
  /** Media type, in lower case. */
  readonly type: string;
  readonly typeField: Structured;
  readonly encoding: Encoding;
  readonly disposition: 'attachment' | 'inline' | null;
  readonly name: Parameter | null;
  /** As it is packed. */
  readonly body: Buffer;
  readonly parts: readonly Entity[];
}

/** What reading one mail may still take, over all its parts. */
export class Budget {
  /** What is unpacked of all that is packed in it. */
  readonly inflated: Inflated;
  #parts = 0;
  #headBytes = 0;

  /** @param mailBytes size of the mail. */
  constructor(mailBytes: number) {
    this.inflated = new Inflated(mailBytes);
  }

  /** @throws Unreadable too-large */
  take(headBytes: number, depth: number): void {
    this.#parts++;
    this.#headBytes += headBytes;
    if (depth > limits.mailDepth || this.#parts > limits.mailParts || this.#headBytes > limits.mailHeadBytes)
      throw new Unreadable('too-large');
  }
}

/** Reads a mail's structure. Any bytes are a mail. @throws Unreadable too-large */
export function mailOf(bytes: Buffer, budget: Budget): Entity {
  return entityOf(bytes.subarray(startOfMail(bytes)), {budget, depth: 0, usual: 'text/plain'});
}

interface Place {
  readonly budget: Budget;
  readonly depth: number;
  /** The type of a part that names none. */
  readonly usual: string;
}

/** Reads the structure of a part. @throws Unreadable too-large */
export function entityOf(bytes: Buffer, {budget, depth, usual}: Place): Entity {
  const head = readHead(bytes);
  budget.take(head.bodyAt, depth);
  const body = bytes.subarray(head.bodyAt);
  const typeField = structured(decodedField(firstOf(head, 'content-type') ?? ''));
  const disposition = structured(firstOf(head, 'content-disposition') ?? '');
  const name = parameterOf(disposition, 'filename') ?? parameterOf(typeField, 'name');
  const encoding = encodingOf(firstOf(head, 'content-transfer-encoding') ?? '');
  const type = typeOf(typeField, name !== null, usual, head, body);
  const entity: Entity = {
    head,
    type,
    typeField,
    encoding,
    disposition: dispositionOf(disposition),
    name,
    body,
    parts: [],
  };
  if (!type.startsWith('multipart/')) return entity;
  const place = {
    budget,
    depth: depth + 1,
    usual: type === 'multipart/digest' ? 'message/rfc822' : 'text/plain',
  };
  const parts = partsWithin(entity, place);
  // Where nothing parts it, all of it is the letter.
  return parts.length > 0 ? {...entity, parts} : {...entity, type: 'text/plain'};
}

/** Whether it reports on another mail in a certain way (RFC 6522), or has a part that does. */
export function isReport({type, typeField, parts}: Entity, kind: string): boolean {
  const told = typeField.parameters.get('report-type')?.toLowerCase();
  return (
    (type === 'multipart/report' && told === kind) || parts.some((part) => part.type === `message/${kind}`)
  );
}

/** Others than these two mean an attachment (RFC 2183 section 2.8), but name no body by mistake. */
function dispositionOf({value}: Structured): Entity['disposition'] {
  return value === 'attachment' || value === 'inline' ? value : null;
}

/** Some programs encode all of a field. */
function decodedField(field: string): string {
  return field.includes('=?') ? fieldOctets(field) : field;
}

/** A field that names no type is passed over (RFC 2045 section 5.2), and a mail may have lost its own. */
function typeOf({value}: Structured, isNamed: boolean, usual: string, head: Head, body: Buffer): string {
  if (/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(value)) return value;
  if (isNamed) return 'application/octet-stream';
  if (firstOf(head, 'content-type') === null && isMultipart(body)) return 'multipart/mixed';
  return usual;
}

/** Whether it begins with a boundary, or with the words that stand before one. */
function isMultipart(body: Buffer): boolean {
  const beginning = body.subarray(0, 2000);
  const boundary = boundaryWithin(beginning);
  if (boundary === null) return false;
  const before = beginning.toString('latin1', 0, beginning.indexOf(`--${boundary}`, 0, 'latin1'));
  return before.trim() === '' || /\bMIME\b/.test(before);
}

/** Packing a multipart is not allowed (RFC 2045 section 6.4), and done. */
function partsWithin({typeField, encoding, body}: Entity, place: Place): Entity[] {
  const boundary = parameterOf(typeField, 'boundary')?.octets ?? null;
  const parts = [...entitiesOf(body, boundary, place)];
  if (parts.length > 0 || encoding === 'none') return parts;
  return [...entitiesOf(unpackedBytes(body, encoding), boundary, place)];
}

function* entitiesOf(
  body: Buffer,
  boundary: string | null,
  place: Place,
): Generator<Entity, void, undefined> {
  for (const part of partsOf(body, boundary)) yield entityOf(part, place);
}
