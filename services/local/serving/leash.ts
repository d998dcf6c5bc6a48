import {type ChildProcess, spawn} from 'node:child_process';

/**
 * Ends the process group of the program when standard input closes, which the kernel sees to however its other end
 * dies. `$$` is the program's own process id, as it takes the shell's place, and its group's, as the group is new.
 */
const leash = `exec 3<&0
(read -r _ <&3; trap '' TERM; kill -TERM -$$; sleep 3; kill -KILL -$$) >/dev/null 2>&1 &
exec "$@" </dev/null 3<&-`;

/**
 * Starts a program that ends when this process does, kill -9 included: told to at once, made to 3 seconds later,
 * with all that it started. It gets a process group of its own, so that Ctrl-C reaches us alone and its work can be
 * drained. What it says goes to `log`, a file that is open.
 */
export function spawnOnLeash(
  command: readonly string[],
  options: {
    environment: Readonly<Record<string, string | undefined>>;
    directory: string;
    log: number;
  },
): ChildProcess {
  const [program = '', ...words] = command;
  const {environment: env, directory: cwd, log} = options;
  if (process.platform === 'win32') return spawn(program, words, {env, cwd, stdio: ['ignore', log, log]});
  const shell = ['-c', leash, program, program, ...words];
  return spawn('/bin/sh', shell, {env, cwd, stdio: ['pipe', log, log], detached: true});
}

/** Ends a program for good, and all that it started. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
