import type {CompiledQuery, DatabaseConnection, QueryResult} from 'kysely';
import type pg from 'pg';
import {Outage, outageOf} from './outage.ts';
import {type Parameter, toParameter} from './parameter.ts';

/** A connection that was taken from the pool. One on which something broke is closed when it is given back. */
export class PostgresConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  readonly #address: string;
  #isBroken = false;

  constructor(client: pg.PoolClient, address: string) {
    this.#client = client;
    this.#address = address;
  }

  async executeQuery<Row>({sql, parameters}: CompiledQuery): Promise<QueryResult<Row>> {
    const {rows, rowCount} = await this.#ask(sql, parameters.map(toPostgres));
    return {rows, numAffectedRows: BigInt(rowCount ?? 0)};
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new TypeError('Rows are not streamed here: ask for pages.');
  }

  async begin(words: string): Promise<void> {
    try {
      await this.#ask(words);
    } catch (error) {
      // It may have begun without the lock, and nobody would end it.
      this.#isBroken = true;
      throw error;
    }
  }

  /** @throws Error when a statement had failed and that was passed over: the server then undoes it all, and says so only here. */
  async commit(): Promise<void> {
    const {command} = await this.#ask('commit');
    if (command !== 'COMMIT')
      throw new Error('A change to the database had failed, so all of it was undone.');
  }

  /** With a broken connection the server undoes it by itself. */
  async rollback(): Promise<void> {
    if (!this.#isBroken) await this.#ask('rollback');
  }

  release(): void {
    this.#client.release(this.#isBroken);
  }

  async #ask(text: string, parameters: Parameter[] = []): Promise<pg.QueryResult> {
    try {
      return await this.#client.query(text, parameters);
    } catch (error) {
      const outage = outageOf(error, this.#address);
      if (outage instanceof Outage && outage.kind === 'away') this.#isBroken = true;
      throw outage;
    }
  }
}

/** PostgreSQL's text holds no NUL, of all characters; SQLite's does. */
function toPostgres(value: unknown): Parameter {
  const parameter = toParameter(value);
  return typeof parameter === 'string' ? parameter.replaceAll('\0', '\u{FFFD}') : parameter;
}
