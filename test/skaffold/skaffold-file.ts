/** skaffold.yaml, as far as it has to fit the rest of the project. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {parse} from 'yaml';

export const project = path.join(import.meta.dirname, '../..');

/** An image of the project's own Dockerfile, which makes that of a service by its name. */
export interface Artifact {
  readonly image: string;
  readonly docker: {
    readonly dockerfile: string;
    readonly target: string;
    readonly buildArgs: Readonly<Record<string, string>>;
  };
  readonly sync: {readonly manual: readonly {readonly src: string; readonly dest: string}[]};
}

export interface Hook {
  readonly host: {readonly command: readonly string[]};
}

export interface Release {
  readonly chartPath: string;
  readonly namespace: string;
  readonly setValues?: Readonly<Record<string, unknown>>;
}

export interface Deploy {
  readonly kubectl?: {readonly hooks: {readonly after: readonly Hook[]}};
  readonly helm?: {
    readonly releases: readonly Release[];
    readonly hooks: {readonly before: readonly Hook[]; readonly after: readonly Hook[]};
  };
}

export interface Patch {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

export interface Profile {
  readonly name: string;
  readonly patches: readonly Patch[];
  readonly deploy?: Deploy;
}

export interface SkaffoldFile {
  /** Others are images of services in other languages, built as these like. */
  readonly build: {readonly artifacts: readonly (Artifact | {readonly image: string})[]};
  readonly manifests: {readonly rawYaml: readonly string[]};
  readonly deploy: Deploy;
  readonly profiles: readonly Profile[];
}

/** Aliases and merge keys (`<<`) are resolved, as Skaffold does. */
export function readSkaffoldFile(): SkaffoldFile {
  return parse(readFileSync(path.join(project, 'skaffold.yaml'), 'utf8'), {merge: true});
}

/** The images of the project's own Dockerfile, each with its place among all. */
export function ownArtifacts({build}: SkaffoldFile): {at: number; artifact: Artifact}[] {
  return build.artifacts.flatMap((artifact, at) =>
    'docker' in artifact && artifact.docker.buildArgs?.['SERVICE'] !== undefined ? [{at, artifact}] : [],
  );
}

/** The profile of a name. @throws Error where there is none. */
export function profileOf(file: SkaffoldFile, name: string): Profile {
  const profile = file.profiles.find((one) => one.name === name);
  if (profile === undefined) throw new Error(`skaffold.yaml has no profile ${name}.`);
  return profile;
}

/** All commands that are run before and after deploying, in any profile. */
export function commandsOf({deploy, profiles}: SkaffoldFile): string[] {
  const deploys = [deploy, ...profiles.flatMap((profile) => profile.deploy ?? [])];
  const hooks = deploys.flatMap(({kubectl, helm}) => [
    ...(kubectl?.hooks.after ?? []),
    ...(helm?.hooks.before ?? []),
    ...(helm?.hooks.after ?? []),
  ]);
  return hooks.map(({host}) => host.command.join(' '));
}
