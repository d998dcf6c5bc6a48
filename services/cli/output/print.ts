import type {InspectColor} from 'node:util';
import type {Terminal} from '../terminal.ts';
import {cell, oneLine} from './cell.ts';
import {escapeUnseen, hasUnseen} from './escape.ts';
import type {Format} from './format.ts';
import {fitting, widthOf} from './width.ts';

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
  /** What is left out of it where a terminal is too narrow; `nothing`: others take it as it is, such as an id. */
  readonly cut?: 'start' | 'end' | 'nothing';
  /** Whether an item's text is never cut, as it says what went wrong; in a last column alone, which others don't stand after. */
  whole?(item: Item): boolean;
  /** On terminals. */
  color?(item: Item): InspectColor | undefined;
}

/** Prints things: one line each, or an array in `json` and `yaml`. On a terminal a table is cut to its width. */
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
  const {paint} = terminal;
  return table(items, columns, {paint, columns: format === 'wide' ? undefined : terminal.columns});
}

/** Left-aligned columns, two spaces apart, under their titles; the titles too where there is nothing. */
function table<Item>(
  items: readonly Item[],
  columns: readonly Column<Item>[],
  {paint, columns: available}: Pick<Terminal, 'paint' | 'columns'>,
): string[] {
  const rows = items.map((item) => columns.map(({value}) => value(item) || cell(undefined)));
  const isWhole = (nth: number, index: number) => {
    const item = items[nth];
    return item !== undefined && index === columns.length - 1 && columns[index]?.whole?.(item) === true;
  };
  const natural = columns.map(({title}, index) =>
    rows.reduce(
      (width, row, nth) => (isWhole(nth, index) ? width : Math.max(width, widthOf(row[index] ?? ''))),
      title.length,
    ),
  );
  const widths = available === undefined ? natural : narrowed(natural, columns, available);
  const line = (texts: readonly string[], painted: readonly string[]) =>
    painted.map((text, index) => text + padding(texts, widths, index)).join('');
  const titles = columns.map(({title}) => title);
  const lines = rows.map((row, nth) => {
    const texts = row.map((text, index) =>
      isWhole(nth, index) ? text : fitting(text, widths[index] ?? 0, sideOf(columns[index])),
    );
    const painted = texts.map((text, index) => {
      const item = items[nth];
      const wanted = item === undefined ? undefined : columns[index]?.color?.(item);
      return wanted === undefined ? text : paint(wanted, text);
    });
    return line(texts, painted);
  });
  return [line(titles, titles), ...lines];
}

function sideOf<Item>(column: Column<Item> | undefined): 'start' | 'end' {
  return column?.cut === 'start' ? 'start' : 'end';
}

/** A column that is narrower says too little. */
const leastWidth = 8;

/** Widths that fit a terminal: the widest columns give way first, none becomes narrower than its title or 8. */
function narrowed<Item>(
  natural: readonly number[],
  columns: readonly Column<Item>[],
  available: number,
): number[] {
  const widths = [...natural];
  const least = columns.map(({title, cut}, index) =>
    cut === 'nothing' ? (natural[index] ?? 0) : Math.max(title.length, leastWidth),
  );
  const room = available - 2 * (columns.length - 1);
  for (let excess = widths.reduce((sum, width) => sum + width, 0) - room; excess > 0; excess--) {
    const giving = widths.map((width, index) => (width > (least[index] ?? 0) ? width : 0));
    const widest = giving.indexOf(Math.max(...giving));
    if (giving[widest] === 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function padding(texts: readonly string[], widths: readonly number[], index: number): string {
  if (index === texts.length - 1) return '';
  return ' '.repeat((widths[index] ?? 0) - widthOf(texts[index] ?? '') + 2);
}
