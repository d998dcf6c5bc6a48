import {once} from 'node:events';
import {connect} from 'node:net';
import type {ExecutionContext} from 'ava';
import {child} from './child.ts';

/** `host:port` of a server that neither takes nor refuses a connection, as behind a network that drops all packets. */
export async function unreachable(t: ExecutionContext): Promise<string> {
  const listening = child(t, './listening.ts');
  const port = Number((await listening.printed('port ')).split(' ')[1]);
  listening.process.kill('SIGSTOP');
  // The system takes two by itself, and lets everybody else wait.
  const waiting = Array.from({length: 16}, () => connect({host: '127.0.0.1', port}).on('error', () => {}));
  t.teardown(() => {
    for (const socket of waiting) socket.destroy();
  });
  await Promise.all(waiting.slice(0, 2).map((socket) => once(socket, 'connect')));
  return `127.0.0.1:${port}`;
}
