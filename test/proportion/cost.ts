import {performance} from 'node:perf_hooks';

/**
 * How many times the CPU time it takes for twice the size: 2 for what is in proportion, 4 for its square. Told from half of a
 * size and twice of it, so that a clock's coarseness counts half. Whatever else the machine does only adds to a time, so of
 * several tries the least counts; and it adds to either size, so a growth that looks too large is measured again.
 *
 * @param make input of a size; not counted
 */
export async function growth<Input>(
  size: number,
  make: (size: number) => Input,
  run: (input: Input) => unknown,
): Promise<number> {
  const [small, large] = [make(size / 2), make(2 * size)];
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds && least > inProportion; round++) {
    const once = await cost(small, run);
    least = Math.min(least, Math.sqrt((await cost(large, run)) / Math.max(once, shortest)));
  }
  return least;
}

const rounds = 5;
/** With room for what costs a little more than in proportion, such as sorting. */
const inProportion = 2.3;

/** In milliseconds: what takes less is not told apart from nothing. */
const shortest = 0.5;
const tries = 3;
/** In milliseconds. The CPU time of a thread is told in steps of 4 ms by some kernels, so what is short runs more than once. */
const longEnough = 40;

/** In milliseconds of CPU for one run. */
async function cost<Input>(input: Input, run: (input: Input) => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let time = 0; time < tries; time++) {
    const begin = performance.now();
    const cpu = process.threadCpuUsage();
    let runs = 0;
    do {
      await run(input);
      runs += 1;
    } while (performance.now() - begin < longEnough);
    const {user, system} = process.threadCpuUsage(cpu);
    least = Math.min(least, (user + system) / 1000 / runs);
  }
  return least;
}
