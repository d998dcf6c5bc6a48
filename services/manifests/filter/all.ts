import type {Filter} from './filter.ts';

/** Every one of some filters holds. A trigger's `filters` are such a list too. */
export function all(path: string, filters: readonly Filter[], dialect: 'all' | 'filters' = 'all'): Filter {
  return {
    matches(attributes) {
      for (const filter of filters) if (!filter.matches(attributes)) return false;
      return true;
    },
    explain(attributes) {
      const children = filters.map((filter) => filter.explain(attributes));
      return {pass: children.every(({pass}) => pass), dialect, path, children};
    },
  };
}
