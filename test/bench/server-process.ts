import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import type {Server} from 'node:http';
import path from 'node:path';

/** What a server under test says of itself when it is asked. */
export interface Standing {
  /** Processor time it has used, in microseconds. */
  cpu: number;
  /** Deliveries that are not done. */
  left: number;
  /** Flushes of its journal. */
  flushes: number;
}

/** In the server's process: says where it listens, and how it stands whenever it is asked. */
export function report(server: Server, standing: () => Omit<Standing, 'cpu'>): void {
  const address = server.address();
  reportAt((typeof address === 'object' ? address?.port : undefined) ?? 0, standing);
}

/** The same for a server whose port is all that is known. */
export function reportAt(port: number, standing: () => Omit<Standing, 'cpu'>): void {
  process.send?.({port});
  process.on('message', () => {
    const {user, system} = process.cpuUsage();
    process.send?.({cpu: user + system, ...standing()});
  });
  process.on('disconnect', () => process.exit());
}

/** A server under test, in a process of its own. */
export interface ServerProcess {
  readonly port: number;
  standing(): Promise<Standing>;
  stop(): void;
}

/** Starts one of the files beside this one as a server. */
export async function startServer(file: string, words: readonly string[] = []): Promise<ServerProcess> {
  const child = fork(path.join(import.meta.dirname, file), words, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const {port}: {port: number} = await messageOf(child);
  return {
    port,
    standing() {
      const answer = messageOf<Standing>(child);
      child.send('standing?');
      return answer;
    },
    stop: () => void child.kill('SIGKILL'),
  };
}

async function messageOf<Message>(child: ChildProcess): Promise<Message> {
  const [message] = await once(child, 'message');
  return message;
}
