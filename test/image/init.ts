import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readdirSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

/** The init of an image, as Debian has it: where it is installed, or its package, which is fetched. */
export function init(): string | undefined {
  const installed = '/usr/bin/tini-static';
  if (existsSync(installed)) return installed;
  const folder = mkdtempSync(path.join(tmpdir(), 'dip-init-'));
  try {
    const options = {cwd: folder, stdio: 'ignore', timeout: 30_000} as const;
    execFileSync('apt-get', ['download', 'tini'], options);
    execFileSync('dpkg', ['-x', readdirSync(folder)[0] ?? '', '.'], options);
  } catch {
    return undefined;
  }
  return path.join(folder, installed);
}
