/** What `--help`, a wrong use and a completion cost: the words of a command and nothing that it works with. */
import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import test from 'ava';

const registry = new URL('../../services/cli/registry.ts', import.meta.url).href;

/** Loads every command in a process of its own, and prints what of packages is loaded on the way, with who loads it. */
const script = `
import {registerHooks} from 'node:module';
const loaded = [];
let command = 'the registry';
registerHooks({
  load(url, context, next) {
    if (url.includes('/node_modules/')) loaded.push(command + ': ' + url);
    return next(url, context);
  },
});
const {commands} = await import(${JSON.stringify(registry)});
for (const entry of commands) {
  command = entry.name;
  await entry.load();
}
console.log(JSON.stringify({commands: commands.length, loaded}));
`;

test('no command loads a package before it is run', async (t) => {
  const {stdout} = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);

  const {commands, loaded} = JSON.parse(stdout);
  t.true(commands > 20);
  t.deepEqual(loaded, []);
});
