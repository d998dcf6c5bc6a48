/**
 * Loaded by `--import` before the loader while the build runs a service: keeps hold of the scripts that are run, in
 * threads too, and writes what V8 has compiled of them when the build says so. A file is there when it is whole.
 */
import {renameSync, writeFileSync} from 'node:fs';
import vm from 'node:vm';
import {BroadcastChannel, isMainThread} from 'node:worker_threads';

const scripts = new Map();

vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    if (options?.filename) scripts.set(options.filename, this);
  }
};

const threads = new BroadcastChannel('dip-code-cache');
threads.onmessage = write;
threads.unref();
if (isMainThread) {
  process.on('message', () => {
    write();
    threads.postMessage('write');
  });
}

function write() {
  for (const [filename, script] of scripts) {
    const draft = `${filename}.draft`;
    writeFileSync(draft, script.createCachedData());
    renameSync(draft, filename.replace(/\.js$/, '.cache'));
  }
}
