import {spawn} from 'node:child_process';

/**
 * Ends a server with this process, however this one ends: a shell waits for the end of its input, which comes when
 * nobody holds the other end any more.
 *
 * @returns what lets the server go, once it has ended by itself
 */
export function leash(pid: number): () => void {
  const shell = spawn('sh', ['-c', `read _; kill -QUIT ${pid} 2>/dev/null`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  shell.unref();
  return () => void shell.kill('SIGKILL');
}
