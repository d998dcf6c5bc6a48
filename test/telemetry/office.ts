import type {ExecutionContext} from 'ava';
import {type Child, child} from '../kit/child.ts';
import {freePort} from '../kit/ports.ts';
import {folder} from '../kit/serving.ts';

/** A service as a process of its own, with this environment and no other. */
export async function postOffice(
  t: ExecutionContext,
  env: Readonly<Record<string, string>> = {},
): Promise<Child & {url: string}> {
  const port = await freePort();
  const settings = {PORT: String(port), DIP_DATA_DIR: folder(t), ...env};
  const started = child(t, './post-office.ts', [], settings);
  await started.printed('ready');
  return {...started, url: `http://127.0.0.1:${port}`};
}

/** Tells it to end, and waits until it has. */
export async function ended(office: Child): Promise<{code: number | null; stdout: string}> {
  office.process.kill('SIGTERM');
  return office.ended;
}
