/** Rules about tables: each column is declared as what it holds, and there is no word for what a person wrote. */
import {existsSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import test from 'ava';
import type {Column, Columns, Service} from '#kit';
import {readConfig} from '#kit/wire';
import {openService} from '../../services/kit/open-service.ts';
import {ownColumns} from '../../services/kit/own-columns.ts';
import {folder} from '../kit/serving.ts';

const services = path.join(import.meta.dirname, '../../services');
const names = readdirSync(services).filter(
  (name) =>
    existsSync(path.join(services, name, 'service.ts')) && !existsSync(path.join(services, name, 'index.ts')),
);

test('the services are found', (t) => {
  t.true(['archive', 'dead-letter', 'ingestion'].every((name) => names.includes(name)));
});

for (const name of names) {
  test(`every column of ${name} says what it holds, and each is there`, async (t) => {
    const {default: service}: {default: Service} = await import(path.join(services, name, 'service.ts'));
    const declared = {...ownColumns, ...service.tables?.columns};
    const found = await columnsOf(service, folder(t));

    t.deepEqual(undeclared(found, declared), []);
    const tables = Object.entries<Readonly<Record<string, Column>>>(service.tables?.columns ?? {});
    t.deepEqual(
      tables
        .flatMap(([table, columns]) => Object.keys(columns).map((column) => `${table}.${column}`))
        .toSorted(),
      found
        .filter(({table}) => !(table in ownColumns))
        .map(({table, column}) => `${table}.${column}`)
        .toSorted(),
    );
  });
}

test('a column that is not declared, or whose type is another, would be found', (t) => {
  const found = [
    {table: 'notes', column: 'id', type: 'text'},
    {table: 'notes', column: 'note', type: 'text'},
    {table: 'notes', column: 'count', type: 'text'},
    {table: 'notes', column: 'content', type: 'blob'},
    {table: 'notes', column: 'fact', type: 'blob'},
    {table: 'others', column: 'id', type: 'text'},
  ];
  const columns = {id: 'id', count: 'number', content: 'id', fact: {event: 'short'}} as const;

  t.deepEqual(undeclared(found, {notes: columns}), [
    'notes.note says nothing of what it holds',
    'notes.count is text, and no number',
    'notes.content is blob, and no id',
    'notes.fact holds events, and no sentence says why: "short"',
    'others.id says nothing of what it holds',
  ]);
});

interface Found {
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

/** The tables of a service as SQLite makes them. */
async function columnsOf(service: Service, dataDirectory: string): Promise<Found[]> {
  const open = await openService(service, readConfig({DIP_DATA_DIR: dataDirectory}), () => {});
  await open.close();
  const file = path.join(dataDirectory, 'databases', `${service.name}.sqlite`);
  if (!existsSync(file)) return [];
  const database = new DatabaseSync(file, {readOnly: true});
  const rows = database
    .prepare(
      `select t.name as "table", c.name as "column", lower(c.type) as type
       from sqlite_master t join pragma_table_info(t.name) c
       where t.type = 'table' and t.name not like 'sqlite_%'`,
    )
    .all();
  database.close();
  return rows.map((row) => ({
    table: String(row['table']),
    column: String(row['column']),
    type: String(row['type']),
  }));
}

function undeclared(
  found: readonly Found[],
  declared: Columns<Record<string, Record<string, unknown>>>,
): string[] {
  return found.flatMap(({table, column, type}) => {
    const kind = declared[table]?.[column];
    const name = `${table}.${column}`;
    if (kind === undefined) return [`${name} says nothing of what it holds`];
    if (typeof kind === 'object')
      return /^[A-Z].{30,}\.$/.test(kind.event)
        ? []
        : [`${name} holds events, and no sentence says why: ${JSON.stringify(kind.event)}`];
    const isNumber = type === 'integer' || type === 'bigint';
    if (kind === 'emptied' || (kind === 'number' ? isNumber : type === 'text')) return [];
    return [`${name} is ${type}, and no ${kind}`];
  });
}
