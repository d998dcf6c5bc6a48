import {execFile} from 'node:child_process';
import {promisify} from 'node:util';

/** What a script prints that a shell runs without anybody's settings. @throws Error when it fails */
export async function shell(program: 'bash' | 'zsh' | 'fish', script: string): Promise<string> {
  const quiet = {bash: ['--noprofile', '--norc'], zsh: ['-f'], fish: ['--no-config']};
  const {stdout} = await promisify(execFile)(program, [...quiet[program], '-c', script]);
  return stdout;
}
