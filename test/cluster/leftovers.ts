/** The processes of Knative that a test has started, and that outlive it when it is killed. */
import {readFileSync, readlinkSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';

const listOf = (folder: string) => path.join(folder, 'running.json');

/** Writes down which children of this process run a program of the folder. Where there is no /proc: none. */
export function noteProcesses(folder: string): void {
  try {
    const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
    const ours = children.map(Number).filter((id) => runsIn(folder, id));
    writeFileSync(listOf(folder), JSON.stringify(ours));
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}

/** Ends the processes that were written down, and waits until they are gone; never another that has taken an id. */
export async function endLeftovers(folder: string): Promise<void> {
  const ours = read(folder).filter((id) => runsIn(folder, id));
  for (const id of ours) signal(id, 'SIGTERM');
  const patience = Date.now() + 3_000;
  for (let left = ours; left.length > 0; left = left.filter((id) => runsIn(folder, id))) {
    if (Date.now() > patience) for (const id of left) signal(id, 'SIGKILL');
    await wait(20);
  }
  rmSync(listOf(folder), {force: true});
}

function signal(id: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(id, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function read(folder: string): number[] {
  try {
    const ids: unknown = JSON.parse(readFileSync(listOf(folder), 'utf8'));
    return Array.isArray(ids) ? ids.map(Number) : [];
  } catch (error) {
    if (isAbsent(error) || error instanceof SyntaxError) return [];
    throw error;
  }
}

function runsIn(folder: string, id: number): boolean {
  try {
    return path.dirname(readlinkSync(`/proc/${id}/exe`)) === folder;
  } catch {
    return false;
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
