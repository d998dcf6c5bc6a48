/**
 * A service as a process of its own. It answers a letter with a word that no other process and no second time has;
 * a letter that `waits` is answered when SIGUSR2 comes. Says when it is ready, when a letter waits, when it is told
 * to end, and, when asked so, whether it has loaded the telemetry.
 */
import {randomUUID} from 'node:crypto';
import {once} from 'node:events';
import {createRequire} from 'node:module';
import {service} from '#kit';
import {serve} from '#kit/wire';
import {letterAnswered, letterWritten} from './letters.ts';

const say = (words: string) => process.stdout.write(`${words}\n`);

process.once('SIGTERM', () => say('told to end'));
await serve(
  service({
    name: 'post-office',
    receives: letterWritten,
    replies: [letterAnswered],
    async start() {
      if (!process.argv.includes('never-starts')) return;
      say('starting');
      await new Promise(() => setInterval(() => {}, 1000));
    },
    async handle({data: {documentId}, ...event}) {
      if ('waits' in event) {
        const letGo = once(process, 'SIGUSR2');
        say('waiting');
        await letGo;
      }
      return letterAnswered({documentId, answer: randomUUID()});
    },
  }),
);
say('ready');
const loaded = Object.keys(createRequire(import.meta.url).cache);
say(`telemetry ${loaded.some((file) => file.includes('@opentelemetry/')) ? 'loaded' : 'not loaded'}`);
