/** Says each line that it is given on its standard input, as a service logs, and counts them on standard error. */
import {createInterface} from 'node:readline';
import {goOnUnheard, lineWriter} from '#kit/wire';

goOnUnheard();
const say = lineWriter(1);
let count = 0;
for await (const line of createInterface({input: process.stdin})) {
  say(line);
  process.stderr.write(`${++count}\n`);
}
