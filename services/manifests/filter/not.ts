import type {Filter} from './filter.ts';

/** A filter does not hold. */
export function not(path: string, filter: Filter): Filter {
  return {
    matches: (attributes) => !filter.matches(attributes),
    explain(attributes) {
      const child = filter.explain(attributes);
      return {pass: !child.pass, dialect: 'not', path, children: [child]};
    },
  };
}
