import type {CompiledQuery, DatabaseConnection, QueryResult} from 'kysely';
import type pg from 'pg';
import {Outage, outageOf} from './outage.ts';
import {type Parameter, toParameter} from './parameter.ts';

/** A connection that was taken from the pool. One on which something broke is closed when it is given back. */
export class PostgresConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  readonly #address: string;
  readonly #place: string;
  #isBroken = false;
  #isWithin = false;

  /** @param place words that say, for one transaction, whose tables are meant */
  constructor(client: pg.PoolClient, {address, place}: {readonly address: string; readonly place: string}) {
    this.#client = client;
    this.#address = address;
    this.#place = place;
  }

  async executeQuery<Row>({sql, parameters, query}: CompiledQuery): Promise<QueryResult<Row>> {
    const ask = () => this.#ask(sql, parameters.map(toPostgres));
    // A statement that was built names the service's schema itself; one in SQL's own words does not.
    const isAlone = query.kind === 'RawNode' && !this.#isWithin;
    const {rows, rowCount} = isAlone ? await this.#alone(ask) : await ask();
    return {rows, numAffectedRows: BigInt(rowCount ?? 0)};
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new TypeError('Rows are not streamed here: ask for pages.');
  }

  /** @param lock words that wait for the service's other transactions, where it has to */
  async begin(...lock: string[]): Promise<void> {
    try {
      await this.#ask(['begin isolation level read committed', this.#place, ...lock].join('; '));
      this.#isWithin = true;
    } catch (error) {
      // It may have begun without the lock, and nobody would end it.
      this.#isBroken = true;
      throw error;
    }
  }

  /** @throws Error when a statement had failed and that was passed over: the server then undoes it all, and says so only here. */
  async commit(): Promise<void> {
    this.#isWithin = false;
    const {command} = await this.#ask('commit');
    if (command !== 'COMMIT')
      throw new Error('A change to the database had failed, so all of it was undone.');
  }

  /** With a broken connection the server undoes it by itself. */
  async rollback(): Promise<void> {
    this.#isWithin = false;
    if (!this.#isBroken) await this.#ask('rollback');
  }

  release(): void {
    this.#client.release(this.#isBroken);
  }

  async #alone(ask: () => Promise<pg.QueryResult>): Promise<pg.QueryResult> {
    await this.begin();
    try {
      const result = await ask();
      await this.commit();
      return result;
    } catch (error) {
      await this.rollback().catch(() => {
        this.#isBroken = true;
      });
      throw error;
    }
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
