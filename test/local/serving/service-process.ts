/** A service for tests: argument 1 says how it behaves, argument 2 is a file that gets a line for each start. */
import {appendFileSync} from 'node:fs';
import {createServer} from 'node:http';

const [, , behaviour = 'well', file = ''] = process.argv;
appendFileSync(file, `${process.pid}\n`);
if (behaviour === 'crashes') {
  console.error('listening to nothing\nerror: the model is missing\nbye');
  process.exit(3);
}
if (behaviour !== 'ends at once')
  process.on('SIGTERM', () => {
    if (behaviour !== 'ignores SIGTERM') server.close(() => process.exit(0));
  });
const server = createServer((request, response) => {
  if (request.url === '/readyz') response.writeHead(behaviour === 'is never ready' ? 503 : 200).end();
  else if (request.url === '/die') process.kill(process.pid, 'SIGKILL');
  else if (request.url === '/hang') response.flushHeaders();
  else request.on('data', () => {}).on('end', () => response.writeHead(202).end());
});
server.listen(Number(process.env['PORT']), process.env['HOST']);
