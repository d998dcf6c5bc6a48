/** Starts a command on a leash, says its process id, and lives on until it is killed. */
import {openSync} from 'node:fs';
import {spawnOnLeash} from '../../../services/local/serving/leash.ts';

const [, , log = '', ...command] = process.argv;
const child = spawnOnLeash(command, {
  environment: process.env,
  directory: process.cwd(),
  log: openSync(log, 'a'),
});
process.stdout.write(`${child.pid}\n`);
setInterval(() => {}, 60_000);
