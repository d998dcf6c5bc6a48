import {rm} from 'node:fs/promises';
import path from 'node:path';
import {runProgram} from '../cluster/run-program.ts';
import {copyWholeProject} from '../flow/project-copy.ts';
import {type Newcomer, settle} from './settle.ts';

/**
 * Copies the project into a folder that is not there yet, makes newcomers part of it, and has it generate and format what
 * README says.
 *
 * @throws Error with what a program said, where it can't.
 */
export async function walk(folder: string, newcomers: readonly Newcomer[]): Promise<void> {
  await copyWholeProject(folder);
  // These tests would walk on and on.
  await rm(path.join(folder, 'test/newcomer'), {recursive: true});
  for (const newcomer of newcomers) await settle(folder, newcomer);
  await inCopy(folder, 'npm', 'run', 'generate');
  await inCopy(folder, 'npm', 'run', 'fix');
}

/** Runs a program of the project in the copy. @throws Error with all that it said, where it fails. */
export async function inCopy(folder: string, program: string, ...words: string[]): Promise<string> {
  const bin = path.join('node_modules', '.bin', program);
  // Who has just begun has no CI, in which nothing may be skipped.
  const {CI: _, ...environment} = process.env;
  const running = {cwd: folder, environment};
  const {code, stdout, stderr} = await runProgram(program === 'npm' ? 'npm' : bin, words, running);
  if (code === 0) return stdout;
  throw new Error(`${[program, ...words].join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
}
