/** What kustomize makes of the project and of overlays beside it. */
import {cp} from 'node:fs/promises';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {runProgram} from '../cluster/run-program.ts';
import {tools} from '../cluster/tools.ts';
import {type Objects, objectsIn, project} from '../helm/objects.ts';

/** Copies what is the base of overlays, without all else that the project's folder holds. */
export async function copyOfBase(folder: string): Promise<void> {
  for (const name of ['kustomization.yaml', 'config', 'triggers'])
    await cp(path.join(project, name), path.join(folder, name), {recursive: true});
}

/** What kubectl makes of a folder; undefined where there is no kubectl, which is said. */
export async function kustomized(t: ExecutionContext, folder: string): Promise<Objects | undefined> {
  const found = await tools(t);
  if (found === undefined) return undefined;
  const {code, stdout, stderr} = await runProgram(found.kubectl, ['kustomize', folder]);
  t.is(code, 0, stderr);
  return objectsIn(stdout);
}
