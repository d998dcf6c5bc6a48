/** Takes a folder, says so, and lives on until it is killed. */
import {takeFolder} from '../../services/local/lock.ts';

const lock = takeFolder(process.argv[2] ?? '', 'port 8080');
lock.say('http://127.0.0.1:8080');
process.stdout.write('taken\n');
// It holds the lock, which goes with the object that nobody refers to any more.
setInterval(() => lock, 60_000);
