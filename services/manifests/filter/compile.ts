import {all} from './all.ts';
import {any} from './any.ts';
import {attributes} from './attributes.ts';
import {attributeValues, dialectOf, listOf, refusal} from './dialect.ts';
import {exact} from './exact.ts';
import {everything, type Filter} from './filter.ts';
import {not} from './not.ts';
import {prefix} from './prefix.ts';
import {suffix} from './suffix.ts';

/** The filters of a trigger as its manifest has them. */
export interface FilterSpec {
  /** The list, which wins where it is not empty. Its items are not believed to have any shape. */
  readonly filters?: unknown;
  /** The older form. */
  readonly filter?: unknown;
}

/**
 * Compiles the filters of a trigger. `filters` wins over `filter`; without either every event passes.
 *
 * @throws TypeError where Knative's admission webhook refuses the spec; for a filter that asks nothing, such as `all: []`,
 *   `exact: {}` or a comparison with `''`, which Knative drops, so that the trigger hears more than its author meant (and
 *   whose negation its broker-filter dies of); and for `cesql`; a sentence that starts with the field's path.
 */
export function compile(spec: FilterSpec): Filter {
  const older = compileOlderForm(spec.filter);
  const items = listOf(spec.filters ?? [], 'filters');
  if (items.length === 0) return older;
  return all('filters', compileList(items, 'filters'), 'filters');
}

function compileOlderForm(filter: unknown): Filter {
  if (filter === undefined || filter === null) return everything;
  const path = 'filter.attributes';
  const pairs = attributeValues(onlyAttributes(filter), path);
  return Object.keys(pairs).length === 0 ? everything : attributes(path, pairs);
}

function onlyAttributes(filter: unknown): unknown {
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter)) {
    throw refusal('filter', filter, 'it must be a mapping that holds `attributes`');
  }
  const {attributes = {}, ...unknown} = Object.fromEntries(Object.entries(filter));
  const [name] = Object.keys(unknown);
  if (name !== undefined) throw refusal(`filter.${name}`, unknown[name], 'a filter has no such field');
  return attributes ?? {};
}

function compileList(items: readonly unknown[], path: string): Filter[] {
  return items.map((item, index) => compileItem(item, `${path}[${index}]`));
}

function compileItem(item: unknown, path: string): Filter {
  const filter = compileQuestion(item, path);
  if (filter !== undefined) return filter;
  throw refusal(path, item, 'it asks nothing, so it would let every event pass: complete it or take it away');
}

function compileNegated(item: unknown, path: string): Filter {
  const filter = compileQuestion(item, path);
  if (filter !== undefined) return filter;
  throw refusal(path, item, "it negates a filter that asks nothing, which ends Knative's broker-filter");
}

/** Undefined for a filter that asks nothing. */
function compileQuestion(item: unknown, path: string): Filter | undefined {
  const {dialect, value} = dialectOf(item, path) ?? {};
  return dialect === undefined ? undefined : compileDialect(dialect, value, `${path}.${dialect}`);
}

function compileDialect(dialect: string, value: unknown, path: string): Filter | undefined {
  if (dialect === 'not') return not(path, compileNegated(value, path));
  if (dialect === 'all' || dialect === 'any') {
    const filters = compileList(listOf(value, path), path);
    if (filters.length === 0) return undefined;
    return dialect === 'all' ? all(path, filters) : any(path, filters);
  }
  const pairs = attributeValues(value, path);
  const values = Object.values(pairs);
  if (values.length === 0 || values.includes('')) return undefined;
  return dialect === 'exact'
    ? exact(path, pairs)
    : dialect === 'prefix'
      ? prefix(path, pairs)
      : suffix(path, pairs);
}
