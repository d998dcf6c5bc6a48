/** A service that writes where it publishes into the file of argument 1. */
import {writeFileSync} from 'node:fs';
import {createServer} from 'node:http';

writeFileSync(process.argv[2] ?? '', process.env['K_SINK'] ?? '');
createServer((_request, response) => response.writeHead(200).end()).listen(
  Number(process.env['PORT']),
  process.env['HOST'],
);
