import {DatabaseSync} from 'node:sqlite';

/** Another DIP has the folder. */
export class FolderTaken extends Error {
  override readonly name = 'FolderTaken';
}

/**
 * Takes a data folder for this process. The lock is one of the operating system's, held through SQLite, so it ends
 * with the process however that ends; who holds it can be read meanwhile.
 *
 * @throws FolderTaken naming the holder.
 */
export function takeFolder(file: string, address: string): {say(address: string): void; release(): void} {
  const lock = new DatabaseSync(file);
  try {
    lock.exec(
      'pragma journal_mode = delete; create table if not exists holder (pid integer, address text) strict',
    );
    write(lock, address);
  } catch (error) {
    const holder = isBusy(error) ? readHolder(file) : undefined;
    lock.close();
    if (holder === undefined) throw error;
    throw new FolderTaken(holder, {cause: error});
  }
  return {
    say(now) {
      lock.exec('rollback');
      write(lock, now);
    },
    release: () => lock.close(),
  };
}

/** Names the holder, and then keeps the write lock: readers still see the name. */
function write(lock: DatabaseSync, address: string): void {
  lock.exec('begin immediate');
  lock.exec('delete from holder');
  lock.prepare('insert into holder (pid, address) values (?, ?)').run(process.pid, address);
  lock.exec('commit');
  lock.exec('begin immediate');
}

function readHolder(file: string): string {
  const reader = new DatabaseSync(file, {readOnly: true, timeout: 1000});
  const holder = reader.prepare('select pid, address from holder').get();
  reader.close();
  return holder === undefined
    ? 'another DIP'
    : `the DIP with process id ${holder['pid']} at ${holder['address']}`;
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && /database is locked/.test(error.message);
}
