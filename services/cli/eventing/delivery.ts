import {type JsonObject, textAt} from '#kit/json';

/** How hard an event is tried with, and who gets it in the end; what is absent is left to Knative. */
export interface DeliveryRow {
  readonly retry: number | null;
  readonly backoffPolicy: string | null;
  readonly backoffDelay: string | null;
  readonly timeout: string | null;
  /** Such as `Broker dead-letters`, or an address. */
  readonly deadLetters: string | null;
}

/**
 * The row of a `delivery` as it is written.
 *
 * @param namespace of the object it holds for
 */
export function deliveryRow(delivery: JsonObject, namespace: string): DeliveryRow {
  const {retry} = delivery;
  return {
    retry: typeof retry === 'number' ? retry : null,
    backoffPolicy: textAt(delivery, 'backoffPolicy') ?? null,
    backoffDelay: textAt(delivery, 'backoffDelay') ?? null,
    timeout: textAt(delivery, 'timeout') ?? null,
    deadLetters: destination(delivery['deadLetterSink'], namespace),
  };
}

/**
 * Who gets events, in words: `Service archive /events`, `Broker dead-letters`, or an address.
 *
 * @param namespace is not said where it is this one
 */
export function destination(value: unknown, namespace: string | undefined): string | null {
  const name = textAt(value, 'ref', 'name');
  const uri = textAt(value, 'uri');
  if (name === undefined) return uri ?? null;
  const of = textAt(value, 'ref', 'namespace');
  const full = of === undefined || of === namespace ? name : `${of}/${name}`;
  return `${textAt(value, 'ref', 'kind') ?? ''} ${full}${uri === undefined ? '' : ` ${uri}`}`.trim();
}
