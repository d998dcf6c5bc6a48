/** Listens, and says where; a test stops it, so that it takes no connection. */
import {createServer} from 'node:net';

const server = createServer().listen({host: '127.0.0.1', port: 0, backlog: 1}, () => {
  const address = server.address();
  process.stdout.write(`port ${typeof address === 'object' ? address?.port : 0}\n`);
});
