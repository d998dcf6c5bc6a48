import path from 'node:path';
import {fileURLToPath} from 'node:url';

/** Where this DIP itself is: its services, manifests and programs. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** `--manifests`, for every command that reads them. */
export const manifests = {
  type: 'string',
  multiple: true,
  value: 'PATH',
  help: 'File or folder of manifests (default config/knative and triggers)',
} as const;

/** The files and folders asked for, or DIP's own. */
export function manifestPaths(asked: readonly string[] | undefined): readonly string[] {
  return asked ?? [path.join(root, 'config/knative'), path.join(root, 'triggers')];
}
