import {createServer} from 'node:net';
import {listens} from './readiness.ts';

/**
 * Ports that no system gives out by itself (Linux: from 32768; macOS, Windows and RFC 6335, section 6: from 49152). One
 * of theirs may go to anybody between the moment in which it is chosen and the one in which a service listens on it, and
 * who then answers in its place is taken for the service.
 */
const first = 20_000;
const count = 10_000;

/** Processes start far from each other, whoever starts right after whom: neighbours are 0.618 of all ports apart. */
let next = process.pid * 6181;

/**
 * A port of this machine, from 20000 to 29999, that nobody listens on. It is not given out again before all others were.
 *
 * @throws Error when none is free.
 */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < count; tried++) {
    const port = first + (next++ % count);
    // Asked as well, as some systems let one listen on an address of a port that another has on all addresses.
    if (!(await listens(port)) && (await mayListen(port))) return port;
  }
  throw new Error(`None of this machine's ports from ${first} to ${first + count - 1} is free.`);
}

function mayListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
