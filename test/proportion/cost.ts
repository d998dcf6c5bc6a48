import {performance} from 'node:perf_hooks';

/**
 * How many times the CPU time it takes for twice the size: 2 for what is in proportion, 4 for its square. Of several
 * tries the least counts, as whatever else the machine does only adds to it.
 *
 * @param make input of a size; not counted
 */
export async function growth<Input>(
  size: number,
  make: (size: number) => Input,
  run: (input: Input) => unknown,
): Promise<number> {
  const once = await cost(make(size), run);
  const twice = await cost(make(2 * size), run);
  return twice / Math.max(once, shortest);
}

/** In milliseconds: what takes less is not told apart from nothing. */
const shortest = 2;
const tries = 4;

async function cost<Input>(input: Input, run: (input: Input) => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let time = 0; time < tries; time++) {
    const begin = performance.now();
    const cpu = process.threadCpuUsage();
    await run(input);
    const {user, system} = process.threadCpuUsage(cpu);
    least = Math.min(least, (user + system) / 1000, performance.now() - begin);
  }
  return least;
}
