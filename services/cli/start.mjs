#!/usr/bin/env node
/**
 * Where `dip` starts. Plain JavaScript, as Node strips the types of the file it starts with anew each time: loading
 * what does that costs 40 ms and 20 MB, and with this file first everything comes out of Node's compile cache.
 */
import nodeModule from 'node:module';

const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `This is Node ${process.versions.node}; DIP wants 24 or later. \`npm start\` and \`npx dip\` use the Node that npm installed.\n`,
  );
  process.exit(1);
}
nodeModule.enableCompileCache();
await import('./main.ts');
