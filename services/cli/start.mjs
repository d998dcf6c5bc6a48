#!/usr/bin/env node
/**
 * Where `dip` starts. Plain JavaScript, as Node strips the types of the file it starts with anew each time: loading
 * what does that costs 40 ms and 20 MB, and with this file first everything comes out of Node's compile cache.
 */
import {existsSync} from 'node:fs';
import nodeModule from 'node:module';

// Before all else, as the kernel drops what process 1 has no handler for. Once others hear a signal, they have the word.
for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(exitCode);
  });
}

const missing = whatIsMissing();
if (missing !== undefined) {
  process.stderr.write(`${missing}\n`);
  process.exit(1);
}
nodeModule.enableCompileCache();
await import('./main.ts');

function whatIsMissing() {
  if (!existsSync(new URL('../../node_modules', import.meta.url))) {
    return 'The packages of DIP are not installed. Next: npm ci';
  }
  const {node} = process.versions;
  if (Number(node.split('.')[0]) >= 24) return undefined;
  return `This is Node ${node}; DIP wants 24 or later. \`npm start\` and \`npx dip\` use the one that \`npm ci\` installed.`;
}
