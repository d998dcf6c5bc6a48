import type {Filter} from './filter.ts';

/** At least one of some filters holds. */
export function any(path: string, filters: readonly Filter[]): Filter {
  return {
    matches(attributes) {
      for (const filter of filters) if (filter.matches(attributes)) return true;
      return false;
    },
    explain(attributes) {
      const children = filters.map((filter) => filter.explain(attributes));
      return {pass: children.some(({pass}) => pass), dialect: 'any', path, children};
    },
  };
}
