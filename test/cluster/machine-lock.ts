import {once} from 'node:events';
import {connect, createServer, type Server} from 'node:net';
import {setTimeout as wait} from 'node:timers/promises';

/** Something of this machine that is ours alone until it is released, or until this process ends, however it ends. */
export interface MachineLock {
  release(): Promise<void>;
}

/**
 * Takes what only one process of this machine may use at a time; waits for whoever has it.
 * The lock is a listening socket on the loopback interface, so the system takes it back even from a process that was
 * killed; those who wait hold a connection to it, and try again the moment it breaks.
 *
 * @param port the same for all who want the same thing, and nobody else's
 */
export async function takeMachineLock(port: number): Promise<MachineLock> {
  for (;;) {
    const server = await listening(port);
    if (server !== undefined) return lockOf(server);
    await untilFree(port);
  }
}

function lockOf(server: Server): MachineLock {
  const waiting = new Set<{destroy(): void}>();
  server.on('connection', (socket) => {
    waiting.add(socket);
    socket.on('error', () => undefined).on('close', () => waiting.delete(socket));
    socket.unref();
  });
  // Whoever forgets to release it shall end all the same.
  server.unref();
  return {
    async release() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of waiting) socket.destroy();
      await closed;
    },
  };
}

/** Undefined: somebody else has the port. */
async function listening(port: number): Promise<Server | undefined> {
  const server = createServer();
  try {
    server.listen({port, host: '127.0.0.1', exclusive: true});
    await once(server, 'listening');
    return server;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return undefined;
    throw error;
  }
}

/** Whether nobody listens at a port of the loopback interface, or soon nobody does: others may only look at it. */
export async function isSoonFree(port: number, patienceMs = 15_000): Promise<boolean> {
  for (const deadline = Date.now() + patienceMs; ; ) {
    const server = await listening(port);
    if (server !== undefined) {
      server.close();
      await once(server, 'close');
      return true;
    }
    if (Date.now() > deadline) return false;
    await wait(200);
  }
}

/** Waits until nobody listens at a port of the loopback interface, or whoever does hangs up. */
export async function untilFree(port: number): Promise<void> {
  const socket = connect({port, host: '127.0.0.1'});
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  socket.on('error', () => undefined).resume();
  await closed;
}
