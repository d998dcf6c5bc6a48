/** The yardstick: Node's own HTTP server, which reads a request and answers 202 with an empty body. */
import {createServer} from 'node:http';
import {report} from './server-process.ts';

const server = createServer((request, response) => {
  request.on('data', () => {});
  request.on('end', () => response.writeHead(202, {'content-length': '0'}).end());
});
server.listen(0, '127.0.0.1', () => report(server, () => ({left: 0, flushes: 0})));
