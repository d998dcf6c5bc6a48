/** The images' contents as Knative Serving would run them: one process for each service, started by the first request. */
import {execFile} from 'node:child_process';
import path from 'node:path';
import {promisify} from 'node:util';
import {type Descendant, descendantsOf} from '../flow/descendants.ts';
import {freePort} from '../kit/ports.ts';

const project = path.join(import.meta.dirname, '../..');

/** What an image holds, and how it is started. */
export interface Pod {
  readonly command: readonly string[];
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
}

/** Builds what the images of services hold, as `npm run build` does. Returns the folder of each. */
export async function buildServices(names: readonly string[], folder: string): Promise<Map<string, string>> {
  const built = new Map<string, string>();
  for (const name of names) {
    const out = path.join(folder, name);
    await promisify(execFile)('npm', ['run', '--silent', 'build', '--', name, out], {cwd: project});
    built.set(name, out);
  }
  return built;
}

/**
 * Runs a program, logs and hands SIGTERM on to it, and ends as it does: 137 where it was killed, as a container's
 * runtime says. Who waits for its start hears of its end by that code alone, and would wait on for one that a signal ended.
 */
const container = `exec 2>> "$LOG_FILE"
"$0" "$@" >> "$LOG_FILE" & program=$!
trap 'kill -TERM $program' TERM
while kill -0 $program 2>/dev/null; do wait $program; code=$?; done
exit $code`;

/** A service's pod, by what its image holds and what its manifest and Secrets say to it. It logs beside its image. */
export async function podOf(image: string, env: Readonly<Record<string, string>>): Promise<Pod> {
  const words = [path.join(image, 'node'), path.join(image, 'service.mjs')];
  return {
    command: ['sh', '-c', container, ...words],
    port: await freePort(),
    env: {HOST: '127.0.0.1', LOG_FILE: `${image}.log`, ...env},
  };
}

/** The processes of pods whose images lie below a folder. */
export async function runningPods(folder: string): Promise<Descendant[]> {
  const all = await descendantsOf(process.pid);
  return all.filter(({command}) => command.startsWith(folder));
}
