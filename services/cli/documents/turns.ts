/**
 * Lets at most so many tasks run at one time; the others wait their turn, in the order they came.
 *
 * @param most at least 1
 */
export function turns(most: number): <Result>(task: () => Promise<Result>) => Promise<Result> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running === most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      // The turn is handed on: `running` stays as it is.
      if (next) next();
      else running--;
    }
  };
}
