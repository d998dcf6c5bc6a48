import Type, {type Static} from 'typebox';
import {addressed, referred} from './destination-meaning.ts';
import {type ManifestObject, refusal, remark} from './manifest-object.ts';
import type {Destination} from './manifests.ts';

const text = Type.Optional(Type.String());

/** Of whom events go to: a reference to an object, an address, or an address below the object's. */
export const DestinationShape = Type.Object(
  {
    ref: Type.Optional(
      Type.Object({apiVersion: text, kind: text, name: text, namespace: text}, {additionalProperties: false}),
    ),
    uri: text,
    CACerts: text,
    audience: text,
  },
  {additionalProperties: false},
);
type DestinationShape = Static<typeof DestinationShape>;

/**
 * Reads a destination. Addresses that a cluster's name service would know are taken for what they mean.
 *
 * @param at its path, such as `spec.subscriber`.
 */
export function destinationOf(
  object: ManifestObject,
  {ref, uri, CACerts, audience}: DestinationShape,
  at: string,
  notes: string[],
): Destination {
  if (CACerts !== undefined) notes.push(remark(object, `${at}.CACerts has no effect on one machine.`));
  if (audience !== undefined) notes.push(remark(object, `${at}.audience has no effect on one machine.`));
  if (ref === undefined) {
    if (uri === undefined) throw refusal(object, at, 'is empty: give a ref or a uri.');
    return addressed(absolute(object, uri, at));
  }
  if (uri !== undefined && /^[a-z][a-z0-9+.-]*:/i.test(uri)) {
    throw refusal(
      object,
      `${at}.uri`,
      `is ${JSON.stringify(uri)}: beside a ref it must be a path, such as /events.`,
    );
  }
  return toObject(object, ref, {uri, at: `${at}.ref`});
}

function absolute(object: ManifestObject, uri: string, at: string): URL {
  const url = URL.parse(uri);
  if (url !== null && url.host !== '' && /^https?:$/.test(url.protocol)) return url;
  throw refusal(
    object,
    `${at}.uri`,
    `is ${JSON.stringify(uri)}: without a ref it must be an http or https address.`,
  );
}

function toObject(
  object: ManifestObject,
  ref: NonNullable<DestinationShape['ref']>,
  {uri, at}: {uri: string | undefined; at: string},
): Destination {
  for (const field of ['apiVersion', 'kind', 'name'] as const) {
    if ((ref[field] ?? '') === '') throw refusal(object, `${at}.${field}`, 'is missing: add it.');
  }
  const {apiVersion = '', kind = '', name = '', namespace = object.namespace} = ref;
  const meant = referred({apiVersion, kind, name, namespace}, uri);
  if (meant !== undefined) return meant;
  throw refusal(
    object,
    at,
    `is a ${kind} of ${apiVersion}, which does not exist on one machine: name a Knative Service, a Broker or a uri.`,
  );
}
