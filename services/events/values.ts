/**
 * The values that facts are made of. None of them can hold a sentence: what a person wrote lives in blobs,
 * and a fact carries references, names, numbers and hashes.
 */
import {createHash} from 'node:crypto';
import {faultsOf, type TSchema, Type} from '#kit';

/** The id of one document: `doc-` and 20 to 64 letters, digits or dashes. */
export const DocumentId = Type.String({pattern: '^doc-[A-Za-z0-9-]{20,64}$'});

const faultsOfDocumentId = faultsOf(DocumentId);

/** Whether a text, such as an event's subject, is the id of a document. */
export function isDocumentId(text: string): boolean {
  return faultsOfDocumentId(text).length === 0;
}

/** The name of a blob, below its document: `documents/<documentId>/<eventId>/<name>`. */
export const Ref = Type.String({
  pattern: '^documents/doc-[A-Za-z0-9-]{20,64}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}){1,3}$',
  maxLength: 256,
});

/** A category, queue, template, rule or trigger: lower-case words joined by `_`, `-` or `.`. */
export const Name = Type.String({pattern: '^[a-z0-9]+([._-][a-z0-9]+)*$', maxLength: 63});

const faultsOfName = faultsOf(Name);

/** Whether a text can be the name of something that facts name. */
export function isName(text: string): boolean {
  return faultsOfName(text).length === 0;
}

/** What the parts of a document say that could be read: a `Content` each, the first of them. */
export const Enclosed = Type.Array(Ref, {maxItems: 20});

/** The number of a case, in the alphabet of Crockford's base 32: what people quote when they write again. */
export const CaseNumber = Type.String({pattern: '^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$'});

/** The case that a document belongs to. */
export const Thread = Type.Object(
  {
    case: CaseNumber,
    /** The first document of the case, where that is another one. */
    follows: Type.Union([DocumentId, Type.Null()]),
    /**
     * The first document of a case that it names, while it comes from somebody who had no part in that: a person says
     * whether it belongs there.
     */
    claims: Type.Union([DocumentId, Type.Null()]),
  },
  {additionalProperties: false},
);

/** Earlier documents that say the same as one. */
export const Doubles = Type.Object(
  {
    /** The same from the same sender; null: there is none. */
    of: Type.Union([DocumentId, Type.Null()]),
    /** The same or nearly, from anybody, the latest first. */
    alike: Type.Array(DocumentId, {maxItems: 10}),
  },
  {additionalProperties: false},
);

/** What kind of machine wrote a document: one of `machines`, or what later versions know; null: a person, as far as can be told. */
export const Machine = Type.Union([Name, Type.Null()]);

/** What stands in a document that comes before all else: of `signals`, or what later versions know. */
export const Signals = Type.Array(Name, {maxItems: 40});

/** A media type without parameters, in lower case. */
export const MediaType = Type.String({pattern: '^[a-z0-9!#$&^_.+-]{1,63}/[a-z0-9!#$&^_.+-]{1,127}$'});

/** SHA-256 of bytes, in lower-case hexadecimal. */
export const Sha256 = Type.String({pattern: '^[0-9a-f]{64}$'});

/** An ISO 639-1 language, or null when there was too little text to tell. */
export const Language = Type.Union([Type.String({pattern: '^[a-z]{2,3}$'}), Type.Null()]);

/** A number from 0 to 1, calibrated: of the documents that get 0.8, four in five are right. */
export const Confidence = Type.Number({minimum: 0, maximum: 1});

/** RFC 3339 in UTC. */
export const Timestamp = Type.String({
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z$',
});

/** Somebody's name as the way in knows it: that of their token. */
export const PersonName = Type.String({pattern: '^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$'});

/** An attribute of somebody's event: printable ASCII without spaces, other characters percent-encoded. */
export const Attribute = Type.String({pattern: '^[!-~]{1,256}$'});

/** An attribute of anybody's event as a fact may carry it: a hash where it is too long. */
export function asAttribute(text: string): string {
  const encoded = text.replace(/[^!-~]/gu, (character) => encodeURIComponent(character));
  return encoded.length <= 256 ? encoded : `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

export const Count = Type.Integer({minimum: 0});

/** Something, or nothing that is known. */
export const orNull = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** Somebody's words, or none: in blobs and in what doors answer, never in a fact. */
export const Text = orNull(Type.String());
