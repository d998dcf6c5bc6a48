import {canonicalTime} from './canonical-time.ts';
import type {Attributes} from './filter.ts';

/** Reads one attribute of an event as text; undefined where the event does not have it. */
export type Read = (attributes: Attributes) => string | undefined;

/**
 * How a filter reads an attribute. The attributes of the specification are always found, an absent one as `''` and an
 * absent time as the zero time; an extension is found only where the event has it. Numbers and booleans are read in
 * their canonical form.
 *
 * After Knative `attributes.LookupAttribute`; `schemaurl` and `datamediatype` are its names for what lies in
 * `dataschema` and `datacontenttype`.
 */
export function readerOf(name: string): Read {
  switch (name) {
    case 'specversion':
    case 'id':
    case 'source':
    case 'type':
    case 'subject':
    case 'dataschema':
    case 'datacontenttype':
    case 'datacontentencoding':
      return (attributes) => textOf(attributes[name]) ?? '';
    case 'schemaurl':
      return (attributes) => textOf(attributes['dataschema']) ?? '';
    case 'datamediatype':
      return (attributes) => mediaTypeOf(textOf(attributes['datacontenttype']) ?? '');
    case 'time':
      return (attributes) => canonicalTime(textOf(attributes['time']) ?? '');
    default:
      return (attributes) => textOf(attributes[name]);
  }
}

/** An object's inherited `constructor` has the name of a possible extension, so functions are not values. */
function textOf(value: string | number | boolean | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function mediaTypeOf(contentType: string): string {
  const end = contentType.indexOf(';');
  return (end < 0 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}
