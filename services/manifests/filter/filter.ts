/** What a filter is: a claim about an event's attributes, with its reasons. */

/** The context attributes of one event, `specversion` and extensions among them; never its data. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** `filters` is the list of a trigger, all of which must hold; `attributes` the older form; `none` lets all pass. */
export type Dialect =
  | 'none'
  | 'filters'
  | 'attributes'
  | 'exact'
  | 'prefix'
  | 'suffix'
  | 'all'
  | 'any'
  | 'not';

/** Why an event passed a filter or did not: a tree as deep as the filter, every branch of it looked at. */
export interface Verdict {
  readonly pass: boolean;
  readonly dialect: Dialect;
  /** Where in the trigger's spec, such as `filters[0].all[1].prefix`. */
  readonly path: string;
  /** Of a comparison: the attribute that was looked at. */
  readonly attribute?: string;
  /** Of a comparison: the value it was compared with. */
  readonly expected?: string;
  /** Of a comparison: the event's value as text; null where the event has no such attribute. */
  readonly actual?: string | null;
  readonly children?: readonly Verdict[];
}

/** A compiled filter: the answer, and the answer with its reasons. The two never differ. */
export interface Filter {
  /** Makes no objects, so that a broker can ask it for every event and trigger. */
  readonly matches: (attributes: Attributes) => boolean;
  readonly explain: (attributes: Attributes) => Verdict;
}

/** Whether an event passes. */
export function matches(filter: Filter, attributes: Attributes): boolean {
  return filter.matches(attributes);
}

/** What a trigger without filters has. */
export const everything: Filter = {
  matches: () => true,
  explain: () => ({pass: true, dialect: 'none', path: 'filters'}),
};
