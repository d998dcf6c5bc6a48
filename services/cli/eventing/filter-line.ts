import {isObject, type JsonObject, listAt} from '#kit/json';

/**
 * What a Trigger hears, on one line: `type = com.dip.document.received`, `not (type starts with com.dip. or …)`.
 *
 * @param spec of a Trigger; `filters` win over the older `filter`, as Knative has it
 */
export function filterLine(spec: unknown): string {
  const filters = listAt(spec, 'filters').map(clause).filter(Boolean);
  if (filters.length > 0) return filters.map((one) => bracketed(one, filters.length)).join(' and ');
  const attributes = isObject(spec) && isObject(spec['filter']) ? spec['filter']['attributes'] : undefined;
  // To the older form an empty text is any value.
  const older = isObject(attributes)
    ? pairs(attributes, (value) => (value === '' ? 'is there' : `= ${value}`))
    : '';
  return older === '' ? 'everything' : older;
}

const comparisons: Readonly<Record<string, string>> = {
  exact: '=',
  prefix: 'starts with',
  suffix: 'ends with',
};

function clause(filter: unknown): string {
  if (!isObject(filter)) return '';
  const parts = Object.entries(filter).map(([dialect, value]) => {
    const comparison = comparisons[dialect];
    if (comparison !== undefined && isObject(value)) return pairs(value, (text) => `${comparison} ${text}`);
    if (dialect === 'not') return `not (${clause(value)})`;
    if (dialect === 'cesql') return String(value);
    if (!Array.isArray(value)) return '';
    const inner = value.map(clause).filter(Boolean);
    const word = dialect === 'any' ? ' or ' : ' and ';
    return inner.map((one) => bracketed(one, inner.length)).join(word);
  });
  return parts.filter(Boolean).join(' and ');
}

function pairs(attributes: JsonObject, said: (value: unknown) => string): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name} ${said(value)}`)
    .join(' and ');
}

/** Brackets around what holds `and` or `or` and stands beside others. */
function bracketed(text: string, among: number): string {
  return among > 1 && / (and|or) /.test(text) && !text.startsWith('not (') ? `(${text})` : text;
}
