/**
 * Starts the script beside it, whose name is its own with another ending, out of V8's code cache: functions that the
 * build has seen at work are there already compiled. A cache of another Node, or none, is no fault: then V8 compiles.
 *
 * Built-in modules are had without `import`, which would load all that they can do only to list it.
 */
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
