import type {InspectColor} from 'node:util';
import type {Terminal} from '../terminal.ts';
import {cell, oneLine} from './cell.ts';
import {escapeUnseen, hasUnseen} from './escape.ts';
import type {Format} from './format.ts';
import {widthOf} from './width.ts';

/** How things of one kind are printed. */
export interface View<Item> {
  readonly columns: readonly Column<Item>[];
  /** What `-o name` prints, and other commands take: an id. Nothing: the item has none. */
  name(item: Item): string | undefined;
}

export interface Column<Item> {
  /** In capitals. */
  readonly title: string;
  /** One line of text; see `cell`. */
  value(item: Item): string;
  /** Only with `-o wide`. */
  readonly wide?: boolean;
  /** On terminals. */
  color?(item: Item): InspectColor | undefined;
}

/** Prints things: one line each, or an array in `json` and `yaml`. */
export async function printList<Item>(
  items: readonly Item[],
  format: Format,
  view: View<Item>,
  terminal: Terminal,
): Promise<void> {
  if (format === 'json' || format === 'yaml') return terminal.print(await serialized(items, format));
  const lines = linesOf(items, format, view, terminal);
  if (lines.length > 0) terminal.print(lines.join('\n'));
}

/** A value as JSON, two spaces deep, or as YAML; without the last line feed. */
export async function serialized(value: unknown, format: 'json' | 'yaml'): Promise<string> {
  if (format === 'json') return escapeUnseen(JSON.stringify(value, null, 2));
  const {stringify} = await import('yaml');
  const text = stringify(value, {lineWidth: 0});
  if (!hasUnseen(text)) return text.trimEnd();
  // In double quotes alone YAML has JSON's escapes.
  const quoted = {defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE'} as const;
  return escapeUnseen(stringify(value, {lineWidth: 0, ...quoted})).trimEnd();
}

function linesOf<Item>(
  items: readonly Item[],
  format: Exclude<Format, 'json' | 'yaml'>,
  view: View<Item>,
  terminal: Terminal,
): string[] {
  if (format === 'jsonl') return items.map((item) => escapeUnseen(JSON.stringify(item)));
  if (format === 'name') {
    return items.flatMap((item) => {
      const name = view.name(item);
      return name === undefined ? [] : [oneLine(name)];
    });
  }
  const columns = view.columns.filter(({wide}) => format === 'wide' || wide !== true);
  return table(items, columns, terminal.paint);
}

/** Left-aligned columns, two spaces apart, under their titles; the titles too where there is nothing. */
function table<Item>(
  items: readonly Item[],
  columns: readonly Column<Item>[],
  paint: Terminal['paint'],
): string[] {
  const widths = columns.map(({title, value}) =>
    items.reduce((width, item) => Math.max(width, widthOf(value(item))), title.length),
  );
  const line = (texts: readonly string[], painted: readonly string[]) =>
    painted.map((text, index) => text + padding(texts, widths, index)).join('');
  const titles = columns.map(({title}) => title);
  const rows = items.map((item) => {
    const texts = columns.map(({value}) => value(item) || cell(undefined));
    const painted = columns.map(({color}, index) => {
      const wanted = color?.(item);
      const text = texts[index] ?? '';
      return wanted === undefined ? text : paint(wanted, text);
    });
    return line(texts, painted);
  });
  return [line(titles, titles), ...rows];
}

function padding(texts: readonly string[], widths: readonly number[], index: number): string {
  if (index === texts.length - 1) return '';
  return ' '.repeat((widths[index] ?? 0) - widthOf(texts[index] ?? '') + 2);
}
