/** What was released is kept in data folders: a step never does anything else than it did. */
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import test from 'ava';
import {readConfig} from '#kit/wire';
import archive from '../../services/archive/service.ts';
import deadLetter from '../../services/dead-letter/service.ts';
import ingestion from '../../services/ingestion/service.ts';
import {folder, serving} from '../kit/serving.ts';

/** What the steps of version 0.1.0 made of an SQLite file. */
const released: Readonly<Record<string, readonly string[]>> = {
  archive: [
    'CREATE TABLE "alarms" ("position" integer primary key autoincrement, "source" text not null, "id" text not null, "hash" text not null, "event" blob not null, "raised_at" text not null, constraint "alarms_content" unique ("source", "id", "hash"))',
    'CREATE TABLE "documents" ("position" integer primary key autoincrement, "document_id" text not null unique, "status" text not null)',
    'CREATE INDEX "documents_status" on "documents" ("status", "position")',
    'CREATE TABLE "facts" ("position" integer primary key autoincrement, "source" text not null, "id" text not null, "type" text not null, "subject" text, "hash" text not null, "event" blob not null, "kept_at" text not null, constraint "facts_identity" unique ("source", "id"))',
    'CREATE INDEX "facts_subject" on "facts" ("subject", "position")',
    'CREATE INDEX "facts_type" on "facts" ("type", "position")',
  ],
  'dead-letter': [
    'CREATE TABLE "letters" ("letter_id" text primary key, "document_id" text, "source" text not null, "id" text not null, "type" text not null, "trigger_name" text, "code" integer, "destination" text, "message" text, "event" blob not null, "kept_at" text not null)',
    'CREATE INDEX "letters_document" on "letters" ("document_id")',
    'CREATE INDEX "letters_kept" on "letters" ("kept_at")',
    'CREATE TABLE replies (\n      source text not null, id text not null, reply blob, stored_at text not null,\n      primary key (source, id)) strict, without rowid',
  ],
  ingestion: [
    'CREATE TABLE replies (\n      source text not null, id text not null, reply blob, stored_at text not null,\n      primary key (source, id)) strict, without rowid',
    'CREATE TABLE "uploads" ("document_id" text primary key, "sha256" text not null, "event" blob not null, "created_at" text not null)',
  ],
};

for (const service of [archive, deadLetter, ingestion]) {
  test(`${service.name} makes its released tables as it always did`, async (t) => {
    const {dataDirectory} = readConfig({DIP_DATA_DIR: folder(t)});
    const {stop} = await serving(t, service, {dataDirectory});
    await stop();
    const database = new DatabaseSync(path.join(dataDirectory, 'databases', `${service.name}.sqlite`));
    t.teardown(() => database.close());
    const made = database
      .prepare('select sql from sqlite_master')
      .all()
      .map(({sql}) => spaced(String(sql)));

    for (const statement of released[service.name] ?? [])
      t.true(
        made.some((text) => isMadeBy(spaced(statement), text)),
        statement,
      );
  });
}

/** As it was, or with columns that a later step has put at its end. */
function isMadeBy(statement: string, text: string): boolean {
  return text === statement || text.startsWith(statement.replace(/\)$/, ', '));
}

function spaced(statement: string): string {
  return statement.replace(/\s+/g, ' ');
}
