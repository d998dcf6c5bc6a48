/** The five steps of README's "Write a service", carried out in a copy of the project. */
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {parse} from 'yaml';

/** A service that somebody new to the project writes, with what README has them write. */
export interface Newcomer {
  readonly name: string;
  /** Files that are new, by their paths: the fact, the service, its test. */
  readonly files: Readonly<Record<string, string>>;
  /** The fact's line for the catalogue; undefined: it has no fact to tell. */
  readonly fact: string | undefined;
  readonly trigger: Copy;
  readonly manifest: Copy;
  /** Whether it is of another language, so that its image is made by something else than the project's Dockerfile. */
  readonly isForeign?: boolean;
}

/** A file that is made of another one of the project by putting other names in. */
export interface Copy {
  readonly path: string;
  readonly of: string;
  /** What stands there, and what is to stand there. */
  readonly names: readonly (readonly [string, string])[];
}

/** Makes a newcomer part of the project in `folder`. What its programs write is left to them: `npm run generate`. */
export async function settle(folder: string, newcomer: Newcomer): Promise<void> {
  const {name, files, fact, trigger, manifest, isForeign = false} = newcomer;
  for (const [file, text] of Object.entries(files)) await write(folder, file, text);
  if (fact !== undefined) await edit(folder, 'services/events/index.ts', (text) => `${text}${fact}\n`);
  for (const copy of [trigger, manifest]) await write(folder, copy.path, await copied(folder, copy));
  await edit(folder, 'config/knative/30-service-accounts.yaml', (text) => withAccount(text, name));
  await edit(folder, 'kustomization.yaml', (text) => `${text}  - ${manifest.path}\n  - ${trigger.path}\n`);
  if (!isForeign) await edit(folder, 'skaffold.yaml', (text) => withImage(text, name));
}

async function copied(folder: string, {of, names}: Copy): Promise<string> {
  let text = await readFile(path.join(folder, of), 'utf8');
  for (const [before, after] of names) {
    if (!text.includes(before)) throw new Error(`Expected ${before} in ${of}, which is to be copied.`);
    text = text.replaceAll(before, after);
  }
  return text;
}

/** The accounts and one more, which is the first one's with another name. */
function withAccount(text: string, name: string): string {
  const [first = ''] = text.split('---\n');
  const account = first.replace(/^#.*\n/gm, '').replaceAll(/name: archive$/gm, `name: ${name}`);
  return `${text.trimEnd()}\n---\n${account}`;
}

/** An artifact behind the last one, its target while developing, and a pod that there is always. */
function withImage(text: string, name: string): string {
  const {build}: {build: {artifacts: unknown[]}} = parse(text, {merge: true});
  const artifact = `    - image: dip/${name}
      docker:
        <<: *docker
        buildArgs:
          SERVICE: ${name}
      sync: *sync
`;
  const target = `      - op: replace
        path: /build/artifacts/${build.artifacts.length}/docker/target
        value: dev
`;
  return text
    .replace(/^manifests:$/m, `${artifact}manifests:`)
    .replace(/( {6}- op: replace\n(?:(?! {6}- op).*\n)*? {8}value: dev\n)(?= {4}deploy:)/, `$1${target}`)
    .replace(/^( +)services\.archive\.minScale: 1$/m, `$&\n$1services.${name}.minScale: 1`);
}

async function edit(folder: string, file: string, change: (text: string) => string): Promise<void> {
  const before = await readFile(path.join(folder, file), 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`Expected something to change in ${file}.`);
  await writeFile(path.join(folder, file), after);
}

async function write(folder: string, file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), {recursive: true});
  await writeFile(path.join(folder, file), text, {flag: 'wx'});
}
