import {Defer, messageOf} from '../errors.ts';

/**
 * What stands between us and a database server.
 * `away`: it is down, restarts, or has no room. `refused`: it does not let us in. `conflict`: another transaction was
 * in the way, and this one may be made again at once.
 */
export type OutageKind = 'away' | 'refused' | 'conflict';

/** A database server can't be had now, and no event is to blame for it. */
export class Outage extends Defer {
  readonly kind: OutageKind;

  constructor(kind: OutageKind, message: string, cause: unknown) {
    super(message, {cause});
    this.kind = kind;
  }
}

/**
 * What the client of a server has thrown, as an outage where it is one; anything else is somebody's fault, and stays
 * as it is. What comes without an SQLSTATE is about the connection.
 *
 * @param address of the server, for people; never with a password.
 */
export function outageOf(error: unknown, address: string): unknown {
  if (!(error instanceof Error) || error instanceof Outage) return error;
  const kind = isSaidByServer(error) ? kindOf(String(error.code)) : kindOfConnection(error);
  if (kind === undefined) return error;
  return new Outage(kind, sentences[kind](address, reasonOf(error)), error);
}

const sentences: Readonly<Record<OutageKind, (address: string, reason: string) => string>> = {
  away: (address, reason) => `The database at ${address} is away: ${reason}.`,
  refused: (address, reason) =>
    `The database at ${address} does not let us in: ${reason}. Check what DATABASE_URL says.`,
  conflict: (address, reason) => `The database at ${address} had two changes in each other's way: ${reason}.`,
};

function isSaidByServer(error: Error): error is Error & {code: unknown} {
  return 'severity' in error && 'code' in error;
}

/** By SQLSTATE (PostgreSQL 18, appendix A); undefined: the statement is at fault. */
const kinds: readonly (readonly [OutageKind, RegExp])[] = [
  ['conflict', /^40(001|P01)$/],
  ['refused', /^(28...|3D000|42501)$/],
  // Connections, resources, the system, shutdown and start; then a timeout of a statement, a lock, an idle
  // transaction or a whole one; then a standby that has not become the primary.
  ['away', /^(08...|53...|57...|58...|55P03|25P0[34]|25006)$/],
];

function kindOf(sqlState: string): OutageKind | undefined {
  return kinds.find(([, pattern]) => pattern.test(sqlState))?.[0];
}

/** Encryption that can't be agreed on comes without an SQLSTATE too, as does a file of certificates that is not there. */
function kindOfConnection(error: Error): OutageKind {
  const code = 'code' in error ? String(error.code) : '';
  const isUntrusted = /CERT|SIGNATURE|SSL|TLS/.test(code) || error.message.includes('not support SSL');
  const isFileMissing = 'syscall' in error && error.syscall === 'open';
  return isUntrusted || isFileMissing ? 'refused' : 'away';
}

/** Where every address of a name was tried, the error itself says nothing. */
function reasonOf(error: Error): string {
  const words = messageOf(error) || String('code' in error ? error.code : error.name);
  return words.replace(/\.$/, '').slice(0, 300);
}
