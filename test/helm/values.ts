/** The chart's values.yaml, value by value, with what its comments say. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {isMap, isPair, isScalar, parseDocument, type YAMLMap} from 'yaml';
import {chart} from './objects.ts';

export interface Value {
  /** Its name as `--set` takes it: `image.tag`. */
  readonly name: string;
  readonly initial: unknown;
  /** The sentences above it, in one line; empty where there are none. */
  readonly comment: string;
}

/** All values that can be set, in the order of the file; a mapping without members is one. */
export function readValues(): Value[] {
  const document = parseDocument(readFileSync(path.join(chart, 'values.yaml'), 'utf8'));
  if (!isMap(document.contents)) throw new Error('values.yaml is no mapping.');
  return [...valuesIn(document.contents, [])];
}

function* valuesIn(map: YAMLMap, above: readonly string[]): Generator<Value> {
  for (const [index, pair] of map.items.entries()) {
    if (!isPair(pair) || !isScalar(pair.key)) continue;
    const names = [...above, String(pair.key.value)];
    // The comment above the first member of a mapping is the mapping's own.
    const comment = pair.key.commentBefore ?? (index === 0 ? map.commentBefore : undefined) ?? '';
    if (isMap(pair.value) && pair.value.items.length > 0) yield* valuesIn(pair.value, names);
    else {
      const initial: unknown = isScalar(pair.value) ? pair.value.value : Object(pair.value).toJSON();
      yield {name: names.join('.'), initial, comment: comment.trim().replaceAll(/\s*\n\s*/g, ' ')};
    }
  }
}

/** The table of all values, as the chart's README shows it. */
export function tableOf(values: readonly Value[]): string {
  const rows = values.map(({name, initial, comment}) => {
    const cells = [`\`${name}\``, `\`${JSON.stringify(initial)}\``, comment.replaceAll('|', '\\|')];
    return `| ${cells.join(' | ')} |`;
  });
  return ['| value | default | what changes with it |', '|---|---|---|', ...rows].join('\n');
}
