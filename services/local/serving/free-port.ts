import {createServer} from 'node:net';

/** What was given out lately, as the system may give it out again before it is listened on. */
const givenOut = new Set<number>();
const mostGivenOut = 1000;

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = await anyPort();
    if (givenOut.has(port)) continue;
    if (givenOut.size >= mostGivenOut) givenOut.clear();
    givenOut.add(port);
    return port;
  }
}

function anyPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
