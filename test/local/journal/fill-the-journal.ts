/** Appends events until one is refused, and says how many were not. */
import {messageOf} from '#kit';
import {recordOf, reopened} from './records.ts';

process.on('SIGXFSZ', () => {});
const {journal} = await reopened(process.argv[2] ?? '');
let acknowledged = 0;
try {
  for (;;) {
    await journal.append(recordOf(`e${acknowledged}`));
    acknowledged++;
  }
} catch (error) {
  process.stdout.write(JSON.stringify({acknowledged, refused: messageOf(error)}));
}
