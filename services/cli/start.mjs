#!/usr/bin/env node
/**
 * Where `dip` starts. Plain JavaScript, as Node strips the types of the file it starts with anew each time: loading
 * what does that costs 40 ms and 20 MB, and with this file first everything comes out of Node's compile cache.
 */
import {enableCompileCache} from 'node:module';

enableCompileCache();
await import('./main.ts');
