/** Accepts many events that wait for a dead subscriber, and says how much memory each takes. Needs --expose-gc. */
import {setImmediate} from 'node:timers/promises';
import {openEventing} from '../../../services/local/eventing/eventing.ts';
import {impatientClock} from '../clocks.ts';
import {eventOf} from '../events.ts';
import {brokerOf, delivery, manifestsOf, triggerOf} from '../manifests-of.ts';

const many = 100_000;
const eventing = await openEventing({
  manifests: manifestsOf({
    brokers: [brokerOf({partitions: 1})],
    triggers: [triggerOf('dead', 'http://x', {delivery: {...delivery, retry: 1000}})],
  }),
  folder: process.argv[2] ?? '',
  carrier: {addressOf: () => 'http://x', send: () => new Promise(() => {})},
  clock: impatientClock(),
  warn: () => {},
});
eventing.begin();
const before = await memoryAfter(20_000);
const after = await memoryAfter(many);
const bytes = Math.round((after - before) / many);
process.stdout.write(JSON.stringify({backlog: eventing.backlog()['dip/dead'], bytes}));
process.exit();

async function memoryAfter(count: number): Promise<number> {
  const data = 'x'.repeat(1024);
  for (let done = 0; done < count; done += 10_000) {
    const batch = Array.from({length: 10_000}, (_, n) =>
      eventing.accept(
        {namespace: 'dip', name: 'default'},
        eventOf(`e${n}`, {partitionkey: `document-${n}`}, data),
      ),
    );
    await Promise.all(batch);
  }
  // The least of several times: what was just written and read may still be on its way out.
  let least = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 5; turn++) {
    await setImmediate();
    globalThis.gc?.();
    const {heapUsed, external} = process.memoryUsage();
    least = Math.min(least, heapUsed + external);
  }
  return least;
}
