/**
 * Starts the script beside it, whose name is its own with another ending, out of V8's code cache: functions that the
 * build has seen at work are there already compiled. A cache of another Node, or none, is no fault: then V8 compiles.
 *
 * Built-in modules are had without `import`, which would load all that they can do only to list it.
 */
// Before all else, as the kernel drops what process 1 has no handler for, and a pod would live on until it is killed.
// What has not started yet has taken no work; once the service hears a signal itself, it has the word.
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(0);
  });
}

const {readFileSync} = process.getBuiltinModule('node:fs');
const {Script} = process.getBuiltinModule('node:vm');
const {createRequire} = process.getBuiltinModule('node:module');

const name = import.meta.filename.replace(/\.mjs$/, '');
const filename = `${name}.js`;
// It is ASCII, and Latin-1 is the shortest way to a string.
const script = new Script(readFileSync(filename, 'latin1'), {filename, cachedData: codeCache()});
const module = {exports: {}};
script.runInThisContext()(createRequire(filename), module, import.meta.dirname, import.meta.url);

function codeCache() {
  try {
    return readFileSync(`${name}.cache`);
  } catch {
    return undefined;
  }
}
