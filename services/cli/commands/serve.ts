import {access} from 'node:fs/promises';
import {flushCompileCache} from 'node:module';
import {command} from '../command.ts';
import {misused} from '../failure.ts';

export default command({
  name: 'serve',
  summary: 'Run one service',
  usage: 'NAME',
  details:
    'It listens on PORT (8080) and publishes to K_SINK until it gets SIGTERM or SIGINT. `dip dev` runs services this way.',
  operands: [1, 1],
  options: {},
  examples: [['PORT=8081 dip serve classification', 'Hear events at http://127.0.0.1:8081/events']],
  async run({operands: [name = ''], terminal}) {
    const leave = () => process.exit(0);
    terminal.signal.throwIfAborted();
    terminal.signal.addEventListener('abort', leave);
    const file = new URL(`../../${name}/service.ts`, import.meta.url);
    if (!/^[a-z][a-z0-9-]*$/.test(name) || !(await exists(file))) {
      throw misused(
        `There is no service ${JSON.stringify(name)}: expected the name of a folder of services/ with a service.ts.`,
      );
    }
    const [{serve}, {default: service}] = await Promise.all([import('#kit/wire'), import(file.href)]);
    const started = serve(service);
    // From here on the service hears signals itself.
    terminal.signal.removeEventListener('abort', leave);
    await started;
    // Once the first work is done: what was compiled here is there for the next start, however this process ends.
    setTimeout(flushCompileCache, 3_000).unref();
    return undefined;
  },
});

async function exists(file: URL): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
