import test from 'ava';
import {type Log, service} from '#kit';
import {readConfig, start} from '#kit/wire';
import {folder} from './serving.ts';

test('a service that can not look after its tables says so and works on; its end ends the upkeep', async (t) => {
  const said = Promise.withResolvers<string>();
  const log: Log = (level, message) => {
    if (level === 'warn') said.resolve(message);
  };
  const aborted = Promise.withResolvers<void>();
  const config = readConfig({PORT: '0', DIP_DATA_DIR: folder(t)});
  const failing = service({
    ...quiet('failing'),
    upkeep: {failed: 'Nothing is dusted', run: () => Promise.reject(new Error('no cloth'))},
  });
  const endless = service({
    ...quiet('endless'),
    upkeep: {
      failed: 'Nothing is dusted',
      run: (_state, signal) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve(aborted.resolve()))),
    },
  });

  const first = await start(failing, config, log);
  const second = await start(endless, config, log);

  t.is(await said.promise, 'Nothing is dusted: no cloth');
  t.is((await fetch(`${first.url}/readyz`)).status, 200);
  await Promise.all([first.stop(), second.stop()]);
  await aborted.promise;
});

function quiet(name: string) {
  return {name, receives: 'anything', once: 'pure', handle: async () => undefined} as const;
}
